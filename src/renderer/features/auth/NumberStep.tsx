import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phone } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { parsePhone, type PhoneInput } from '../../ui/phone/phone-number.ts'
import { PhoneField } from '../../ui/phone/PhoneField.tsx'
import { errorKey } from '../../ui/use-show-error.ts'
import { AuthCard } from './AuthCard.tsx'
import { AuthActions, AuthForm } from './AuthForm.tsx'
import { ProxyLink } from './ProxyLink.tsx'

interface NumberStepProps {
  input: PhoneInput
  onInput: (input: PhoneInput) => void
  onBack: () => void
  onCodeSent: (phone: Phone) => void
}

export function NumberStep({ input, onInput, onBack, onCodeSent }: NumberStepProps) {
  const { t } = useTranslation()
  const { session } = useServices()
  const [error, setError] = useState<ReturnType<typeof errorKey> | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (): Promise<void> => {
    if (busy) return
    const phone = parsePhone(input)
    if (phone === null) {
      setError('errors.badPhone')
      return
    }
    setError(null)
    setBusy(true)
    try {
      await session.requestCode(phone)
      onCodeSent(phone)
    } catch (failure) {
      setError(errorKey(failure))
      setBusy(false)
    }
  }

  return (
    <AuthCard step={1} title={t('auth.numberTitle')} text={t('auth.numberText')}>
      <AuthForm onSubmit={() => void submit()}>
        <PhoneField
          autoFocus
          value={input}
          error={error === null ? null : t(error)}
          onChange={(next) => {
            setError(null)
            onInput(next)
          }}
        />
        <AuthActions>
          <Button type="submit" variant="primary" size="l" wide inactive={busy}>
            {t(busy ? 'auth.sending' : 'auth.sendCode')}
          </Button>
          <Button variant="ghost" wide onClick={onBack}>
            {t('app.back')}
          </Button>
          <ProxyLink />
        </AuthActions>
      </AuthForm>
    </AuthCard>
  )
}
