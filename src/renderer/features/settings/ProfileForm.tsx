import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useCameraAccess } from '../../services/attach/use-camera-access.ts'
import { useSetOwnPhoto } from '../../services/people/use-own-photo.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { PhotoAvatar } from '../../ui/photo/PhotoAvatar.tsx'
import { ProfileFields, useProfileForm } from '../../ui/profile-form.tsx'
import { notify } from '../../ui/toasts.ts'
import styles from './ProfileForm.module.css'

interface ProfileFormProps {
  me: UserId
  phone: Phone
  onDone: () => void
}

export function ProfileForm({ me, phone, onDone }: ProfileFormProps) {
  const { t } = useTranslation()
  const { session } = useServices()
  const picture = usePersonPicture(me)
  const setPhoto = useSetOwnPhoto(me)
  const camera = useCameraAccess()
  const saved = useAppStore((state) => state.account?.profile ?? null)
  const form = useProfileForm(
    { displayName: saved?.displayName ?? '', about: saved?.about ?? '' },
    async (profile) => {
      await session.saveProfile(profile)
      notify(t('settings.saved'))
      onDone()
    },
  )
  return (
    <Form className={styles['form']} onSubmit={form.submit}>
      <div className={styles['avatar']}>
        <PhotoAvatar
          id={me}
          name={displayName(form.profile.displayName, NAME_LIMIT)}
          picture={picture}
          camera={camera}
          onChange={setPhoto}
        />
        <bdi className={styles['phone']} dir="ltr">
          {formatPhone(phone)}
        </bdi>
      </div>
      <ProfileFields form={form} />
      <Button type="submit" variant="primary" inactive={form.busy}>
        {t('app.save')}
      </Button>
    </Form>
  )
}
