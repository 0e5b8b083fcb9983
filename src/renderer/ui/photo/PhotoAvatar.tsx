import Camera from 'lucide-react/icons/camera'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CameraAccess } from '#shared/domain/camera.ts'
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
  camera: CameraAccess
  /** Shows the full picture. */
  onView?: () => void
  /** Saves a new photo, or removes it; null: this person may not. Rejects when it could not be saved. */
  onChange: ((picture: Picture | null) => Promise<void>) | null
}

/** A large avatar whose photo can be viewed and changed. */
export function PhotoAvatar({ id, name, picture, camera, onView, onChange }: PhotoAvatarProps) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  return (
    <div className={styles['photo']}>
      <Avatar id={id} name={name} size="xl" picture={picture} />
      {/* It covers the avatar: the initials below the picture are no part of its name. */}
      {picture !== null && onView !== undefined && (
        <button type="button" className={styles['view']} aria-label={t('photo.view')} onClick={onView} />
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
          <PhotoDialog
            camera={camera}
            hasPhoto={picture !== null}
            onChange={onChange}
            onClose={() => setChanging(false)}
          />
        </Suspense>
      )}
    </div>
  )
}
