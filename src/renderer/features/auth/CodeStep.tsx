import { OTPField } from '@base-ui/react/otp-field'
import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Phone } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { errorKey } from '../../ui/use-show-error.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { AuthCard } from './AuthCard.tsx'
import { AuthActions, AuthForm } from './AuthForm.tsx'
import styles from './CodeStep.module.css'
import { useCountdown } from './use-countdown.ts'

const CODE_LENGTH = 6
const RESEND_SECONDS = 30

type Status =
  | { kind: 'typing' }
  | { kind: 'busy' }
  | { kind: 'resent' }
  | { kind: 'failed'; key: ReturnType<typeof errorKey> }

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function CodeStep({ phone, onChangeNumber }: { phone: Phone; onChangeNumber: () => void }) {
  const { t } = useTranslation()
  const { session, app } = useServices()
  const id = useId()
  const boxes = useRef<HTMLDivElement>(null)
  const [code, setCode] = useState('')
  const [status, setStatus] = useState<Status>({ kind: 'typing' })
  const countdown = useCountdown(RESEND_SECONDS)
  const busy = status.kind === 'busy'
  // After a code has expired, a new one can be requested immediately.
  const mayResend = countdown.left === 0 || (status.kind === 'failed' && status.key === 'errors.codeExpired')

  // A code that failed stays, and is selected as a whole: what is typed or pasted next replaces it.
  const selected = status.kind === 'failed' && code.length === CODE_LENGTH

  const focusBox = (index: number): void => boxes.current?.querySelectorAll('input')[index]?.focus()

  const fail = (error: unknown): void => {
    setStatus({ kind: 'failed', key: errorKey(error) })
    focusBox(0)
  }

  const confirm = async (value: string): Promise<void> => {
    if (busy || value.length !== CODE_LENGTH) return
    setStatus({ kind: 'busy' })
    // Stays busy on success, because the session then replaces this screen.
    await session.confirmCode(value).catch(fail)
  }

  const resend = async (): Promise<void> => {
    if (busy || !mayResend) return
    setStatus({ kind: 'busy' })
    setCode('')
    try {
      await session.requestCode(phone)
      setStatus({ kind: 'resent' })
      countdown.restart()
      focusBox(0)
    } catch (error) {
      fail(error)
    }
  }

  const replace = (digits: string): void => {
    // The field moves the focus back to the first empty box, so the digits must be in it before.
    flushSync(() => {
      setCode(digits)
      setStatus({ kind: 'typing' })
    })
    focusBox(Math.min(digits.length, CODE_LENGTH - 1))
    void confirm(digits)
  }

  const replaceByKey = (event: KeyboardEvent): void => {
    const erases = event.key === 'Backspace' || event.key === 'Delete'
    const types = /^\d$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!selected || !(erases || types)) return
    event.preventDefault()
    replace(erases ? '' : event.key)
  }

  const replaceByPaste = (event: ClipboardEvent): void => {
    const digits = event.clipboardData.getData('text/plain').replaceAll(/\D/gu, '').slice(0, CODE_LENGTH)
    if (!selected || digits === '') return
    event.preventDefault()
    replace(digits)
  }

  return (
    <AuthCard
      step={2}
      title={t('auth.codeTitle')}
      text={
        <>
          {t('auth.codeText')} <bdi dir="ltr">{formatPhone(phone)}</bdi>
        </>
      }
    >
      <AuthForm onSubmit={() => void confirm(code)}>
        <div className={styles['group']}>
          <label htmlFor={id}>
            <VisuallyHidden>{t('auth.code')}</VisuallyHidden>
          </label>
          <OTPField.Root
            ref={boxes}
            id={id}
            length={CODE_LENGTH}
            value={code}
            readOnly={busy}
            onValueChange={(value) => {
              setCode(value)
              if (!busy) setStatus({ kind: 'typing' })
            }}
            onValueComplete={(value) => void confirm(value)}
            aria-describedby={`${id}-note`}
            data-selected={selected || undefined}
            className={styles['boxes']}
            onKeyDownCapture={replaceByKey}
            onPasteCapture={replaceByPaste}
          >
            {Array.from({ length: CODE_LENGTH }, (_, index) => (
              <OTPField.Input
                key={index}
                autoFocus={index === 0}
                className={styles['box']}
                aria-invalid={status.kind === 'failed' || undefined}
                aria-label={index === 0 ? undefined : t('auth.digit', { n: index + 1 })}
              />
            ))}
          </OTPField.Root>
          <p
            id={`${id}-note`}
            aria-live="polite"
            className={status.kind === 'failed' ? styles['error'] : styles['note']}
          >
            {status.kind === 'failed' && t(status.key)}
            {status.kind === 'busy' && t('auth.checking')}
            {status.kind === 'resent' && t('auth.resent')}
            {status.kind === 'typing' && app.localBackend && t('auth.localHint')}
          </p>
        </div>
        <AuthActions>
          <Button wide inactive={busy || !mayResend} onClick={() => void resend()}>
            {mayResend ? t('auth.resend') : t('auth.resendIn', { time: minutes(countdown.left) })}
          </Button>
          <Button variant="ghost" wide inactive={busy} onClick={onChangeNumber}>
            {t('auth.changeNumber')}
          </Button>
        </AuthActions>
      </AuthForm>
    </AuthCard>
  )
}
