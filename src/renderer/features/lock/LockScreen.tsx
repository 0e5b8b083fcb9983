import Fingerprint from 'lucide-react/icons/fingerprint-pattern'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LockState } from '#shared/bridge/lock.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { hasFiles } from '../../ui/dropped-files.ts'
import { Form } from '../../ui/Form.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './LockScreen.module.css'
import { useUnlock } from './use-unlock.ts'

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Shown instead of everything else while the app is locked. */
export function LockScreen({ lock }: { lock: LockState }) {
  const { t } = useTranslation()
  const { busy, problem, left, unlock, unlockByTouchId, forget } = useUnlock(lock)
  const wantsTouchId = useAppStore((state) => state.settings?.unlockByTouchId === true)
  const [pin, setPin] = useState('')
  const [isForgetting, setIsForgetting] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const refusesFiles = useRefusedFiles()
  useCovered()

  const submit = async (): Promise<void> => {
    if (pin === '' || left > 0 || busy) return
    setPin('')
    await unlock(pin)
    field.current?.focus()
  }
  const text = left > 0 ? t('lock.tryIn', { time: clock(left) }) : t(busy ? 'lock.checking' : 'lock.unlock')
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Mark size={72} />
        <h1 className={styles['title']}>{t('lock.title')}</h1>
        <p className={styles['text']}>{t(refusesFiles ? 'lock.files' : 'lock.text')}</p>
        <Form className={styles['form']} onSubmit={() => void submit()}>
          <TextField
            ref={field}
            label={t('lock.pin')}
            type="password"
            inputMode="text"
            autoComplete="off"
            autoFocus
            spellCheck={false}
            value={pin}
            error={problem}
            onValueChange={setPin}
          />
          <Button type="submit" variant="primary" size="l" wide inactive={busy || left > 0 || pin === ''}>
            {text}
          </Button>
          {lock.touchId && wantsTouchId && (
            <Button wide inactive={busy} onClick={() => void unlockByTouchId()}>
              <Fingerprint size={18} aria-hidden />
              {t('lock.touchId')}
            </Button>
          )}
          <Button variant="ghost" wide onClick={() => setIsForgetting(true)}>
            {t('lock.forgot')}
          </Button>
        </Form>
      </div>
      <ConfirmDialog
        open={isForgetting}
        onClose={() => setIsForgetting(false)}
        onConfirm={() => void forget()}
        title={t('lock.forgotTitle')}
        text={t('lock.forgotText')}
        confirmLabel={t('lock.forgotConfirm')}
        cancelLabel={t('app.cancel')}
        danger
      />
    </main>
  )
}

/** By now nothing else is in the page. */
function useCovered(): void {
  const { t } = useTranslation()
  const { lock, app } = useServices()
  useEffect(() => {
    document.title = t('app.name')
    lock().then(
      (service) => service.covered(),
      (error: unknown) => app.report('lock.covered', error),
    )
  }, [t, lock, app])
}

/** Refuses dropped files, which the window would open otherwise. Returns whether it has done so. */
function useRefusedFiles(): boolean {
  const [hasRefused, setHasRefused] = useState(false)
  useEffect(() => {
    const refuse = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
      setHasRefused(true)
    }
    window.addEventListener('dragover', refuse)
    window.addEventListener('drop', refuse)
    return () => {
      window.removeEventListener('dragover', refuse)
      window.removeEventListener('drop', refuse)
    }
  }, [])
  return hasRefused
}
