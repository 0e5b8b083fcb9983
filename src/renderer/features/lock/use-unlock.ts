import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LockState, PinResult } from '#shared/bridge/lock.ts'
import type { LockService } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { useWait } from './use-wait.ts'

interface Unlock {
  busy: boolean
  /** What went wrong with the last attempt; null: nothing, or the person types again. */
  problem: string | null
  /** Seconds until a PIN is checked again. */
  left: number
  unlock: (pin: string) => Promise<void>
  unlockByTouchId: () => Promise<void>
  forget: () => Promise<void>
}

/** The attempts to unlock. A right PIN needs no answer: the lock screen goes. */
export function useUnlock(lock: LockState): Unlock {
  const { t } = useTranslation()
  const services = useServices()
  const wait = useWait(lock.waitMs)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(lock.waitMs > 0 ? t('lock.waiting') : null)

  const wrong = (waitMs: number): string => {
    if (waitMs === 0) return t('lock.wrong')
    const seconds = Math.ceil(waitMs / 1000)
    return seconds < 60
      ? t('lock.wrongSeconds', { count: seconds })
      : t('lock.wrongMinutes', { count: Math.ceil(seconds / 60) })
  }
  const problemOf = ({ outcome, waitMs }: PinResult): string | null => {
    if (outcome === 'wrong') return wrong(waitMs)
    if (outcome === 'wait') return t('lock.waiting')
    return outcome === 'unreadable' ? t('lock.unreadable') : null
  }
  const run = async (failure: string, action: (service: LockService) => Promise<string | null>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      setProblem(await action(await services.lock()))
    } catch (error) {
      services.app.report('lock', error)
      setProblem(failure)
    }
    setBusy(false)
  }

  return {
    busy,
    left: wait.left,
    problem: wait.left === 0 && problem === t('lock.waiting') ? t('lock.mayTry') : problem,
    unlock: (pin) =>
      run(t('lock.failed'), async (service) => {
        const result = await service.unlock(pin)
        wait.start(result.waitMs)
        return problemOf(result)
      }),
    unlockByTouchId: () =>
      run(t('lock.touchIdFailed'), async (service) =>
        (await service.unlockByTouchId()) ? null : t('lock.touchIdFailed'),
      ),
    forget: () =>
      run(t('lock.forgotFailed'), async (service) => {
        await service.forget()
        return null
      }),
  }
}
