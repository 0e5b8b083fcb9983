import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { TextField } from '../../ui/TextField.tsx'
import { notify } from '../../ui/toasts.ts'
import { errorKey } from '../../ui/use-show-error.ts'
import styles from './ProfileForm.module.css'

interface ProfileFormProps {
  me: UserId
  phone: Phone
  onDone: () => void
}

export function ProfileForm({ me, phone, onDone }: ProfileFormProps) {
  const { t } = useTranslation()
  const { session } = useServices()
  const profile = useAppStore((state) => state.account?.profile ?? null)
  const [name, setName] = useState(profile?.displayName ?? '')
  const [about, setAbout] = useState(profile?.about ?? '')
  const [error, setError] = useState<string | null>(null)

  const save = async (): Promise<void> => {
    if (displayName(name, NAME_LIMIT) === '') {
      setError(t('settings.nameMissing'))
      return
    }
    try {
      await session.saveProfile({ displayName: name.trim(), about: about.trim() })
      notify(t('settings.saved'))
      onDone()
    } catch (failure) {
      setError(t(errorKey(failure)))
    }
  }

  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={styles['avatar']}>
        <Avatar id={me} name={displayName(name, NAME_LIMIT)} size="xl" />
        <bdi className={styles['phone']} dir="ltr">
          {formatPhone(phone)}
        </bdi>
      </div>
      <TextField
        label={t('settings.name')}
        autoFocus
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
        label={t('settings.about')}
        dir="auto"
        maxLength={ABOUT_LIMIT}
        value={about}
        onValueChange={setAbout}
      />
      <Button type="submit" variant="primary">
        {t('app.save')}
      </Button>
    </form>
  )
}
