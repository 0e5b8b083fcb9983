import type { PinResult } from '#shared/bridge/lock.ts'
import type { LockService } from '../../../src/renderer/services/services.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'

const RIGHT_PIN = '2580'

/** The PIN is 2580. Every other one is wrong, and the next may be tried after five seconds. */
export function fakeLock(
  store: AppStore,
  request: (name: string, ...args: unknown[]) => Promise<void>,
): LockService {
  const patch = (change: { hasPin?: boolean; locked?: boolean }): void =>
    store.setState(({ lock }) => ({ lock: lock && { ...lock, ...change } }))
  async function answer(
    name: string,
    isRight: boolean,
    change: Parameters<typeof patch>[0],
  ): Promise<PinResult> {
    await request(name)
    if (isRight) patch(change)
    return isRight ? { outcome: 'done', waitMs: 0 } : { outcome: 'wrong', waitMs: 5000 }
  }
  return {
    async lock() {
      await request('lock.lock')
      patch({ locked: true })
    },
    unlock: (pin) => answer('lock.unlock', pin === RIGHT_PIN, { locked: false }),
    async unlockByTouchId() {
      await request('lock.unlockByTouchId')
      return false
    },
    setPin: (_pin, current) =>
      answer('lock.setPin', current === null || current === RIGHT_PIN, { hasPin: true }),
    removePin: (pin) => answer('lock.removePin', pin === RIGHT_PIN, { hasPin: false }),
    forget: () => request('lock.forget'),
    covered: () => void request('lock.covered'),
  }
}
