import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useCameraAccess } from '../../services/attach/use-camera-access.ts'
import { useSetOwnPhoto } from '../../services/people/use-own-photo.ts'
import { useServices } from '../../services/use-services.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Button } from '../../ui/Button.tsx'
import { PhotoAvatar } from '../../ui/photo/PhotoAvatar.tsx'
import { NameField, useProfileForm } from '../../ui/profile-form.tsx'
import { AuthCard } from './AuthCard.tsx'
import { AuthActions, AuthForm, AuthPicture } from './AuthForm.tsx'

/** Shown at the first sign-in. The person needs a name before they can write to anyone; a photo is optional, the rest is in the settings. */
export function NameForm({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { session } = useServices()
  const picture = usePersonPicture(me)
  const setPhoto = useSetOwnPhoto(me)
  const camera = useCameraAccess()
  const form = useProfileForm({ displayName: '', about: '' }, (profile) => session.saveProfile(profile))
  return (
    <AuthCard step={3} title={t('auth.nameTitle')} text={t('auth.nameText')}>
      <AuthForm onSubmit={form.submit}>
        <AuthPicture>
          <PhotoAvatar
            id={me}
            name={displayName(form.profile.displayName, NAME_LIMIT)}
            picture={picture}
            camera={camera}
            onChange={setPhoto}
          />
        </AuthPicture>
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
