import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { NameField, useProfileForm } from '../../ui/profile-form.tsx'
import { AuthCard } from './AuthCard.tsx'
import { AuthActions, AuthForm } from './AuthForm.tsx'

/** Shown at the first sign-in. The person needs a name before they can write to anyone; the rest is in the settings. */
export function NameForm() {
  const { t } = useTranslation()
  const { session } = useServices()
  const form = useProfileForm({ displayName: '', about: '' }, (profile) => session.saveProfile(profile))
  return (
    <AuthCard step={3} title={t('auth.nameTitle')} text={t('auth.nameText')}>
      <AuthForm onSubmit={form.submit}>
        <NameField form={form} />
        <AuthActions>
          <Button type="submit" variant="primary" size="l" wide inactive={form.busy}>
            {t('auth.done')}
          </Button>
          <Button variant="ghost" wide onClick={() => void session.signOut().catch(form.fail)}>
            {t('auth.otherNumber')}
          </Button>
        </AuthActions>
      </AuthForm>
    </AuthCard>
  )
}
