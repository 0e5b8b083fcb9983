import Camera from 'lucide-react/icons/camera'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '#shared/domain/photo.ts'
import { Avatar } from '../Avatar.tsx'
import { IconButton } from '../IconButton.tsx'
import { lazyPart } from '../lazy-part.ts'
import styles from './PhotoAvatar.module.css'

const PhotoDialog = lazyPart(async () => (await import('./PhotoDialog.tsx')).PhotoDialog)

interface PhotoAvatarProps {
  id: string
  name: string
  /** The small picture of the photo. */
  picture: string | null
  /** Shows the full picture. */
  onView?: () => void
  /** Saves a new photo, or removes it; null: this person may not. Rejects when it could not be saved. */
  onChange: ((picture: Picture | null) => Promise<void>) | null
}

/** A large avatar whose photo can be viewed and changed. */
export function PhotoAvatar({ id, name, picture, onView, onChange }: PhotoAvatarProps) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const avatar = <Avatar id={id} name={name} size="xl" picture={picture} />
  return (
    <div className={styles['photo']}>
      {picture !== null && onView !== undefined ? (
        <button type="button" className={styles['view']} aria-label={t('photo.view')} onClick={onView}>
          {avatar}
        </button>
      ) : (
        avatar
      )}
      {onChange !== null && (
        <IconButton
          className={styles['change']}
          label={t(picture === null ? 'photo.add' : 'photo.change')}
          onClick={() => setChanging(true)}
        >
          <Camera size={16} aria-hidden />
        </IconButton>
      )}
      {changing && onChange !== null && (
        <Suspense>
          <PhotoDialog hasPhoto={picture !== null} onChange={onChange} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </div>
  )
}
