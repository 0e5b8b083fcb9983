import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import { ABOUT_LIMIT, NAME_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { errorKey } from '../../ui/use-show-error.ts'
import { AuthCard } from './AuthCard.tsx'
import { AuthActions, AuthForm } from './AuthForm.tsx'

/** First sign-in: a name is needed before anyone can be written to. */
export function NameForm() {
  const { t } = useTranslation()
  const { session } = useServices()
  const [name, setName] = useState('')
  const [about, setAbout] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const submit = async (): Promise<void> => {
    if (busy) return
    if (displayName(name, NAME_LIMIT) === '') {
      setError(t('auth.nameMissing'))
      return
    }
    setBusy(true)
    try {
      await session.saveProfile({ displayName: name.trim(), about: about.trim() })
    } catch (failure) {
      setError(t(errorKey(failure)))
      setBusy(false)
    }
  }

  return (
    <AuthCard title={t('auth.nameTitle')} text={t('auth.nameText')}>
      <AuthForm onSubmit={() => void submit()}>
        <TextField
          label={t('auth.name')}
          autoFocus
          autoComplete="name"
          dir="auto"
          maxLength={NAME_LIMIT}
          value={name}
          error={error}
          onValueChange={(value) => {
            setError(null)
            setName(value)
          }}
        />
        <TextField
          label={t('auth.about')}
          hint={t('auth.aboutHint')}
          dir="auto"
          maxLength={ABOUT_LIMIT}
          value={about}
          onValueChange={setAbout}
        />
        <AuthActions>
          <Button type="submit" variant="primary" size="l" wide inactive={busy}>
            {t('auth.done')}
          </Button>
          <Button
            variant="ghost"
            wide
            onClick={() => void session.signOut().catch((failure: unknown) => setError(t(errorKey(failure))))}
          >
            {t('auth.otherNumber')}
          </Button>
        </AuthActions>
      </AuthForm>
    </AuthCard>
  )
}
