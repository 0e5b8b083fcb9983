import { useTranslation } from 'react-i18next'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import type { Photo } from '#shared/domain/photo.ts'
import type { Place } from '#shared/domain/place.ts'
import { useFullPicture } from '../../services/media/use-full-picture.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './LargePhoto.module.css'

interface LargePhotoProps {
  place: Place
  photo: Photo
  /** Whose photo it is, for display. */
  name: string
  onClose: () => void
}

/** A photo in its full size. Until that is here, the small picture stands in for it. */
export function LargePhoto({ place, photo, name, onClose }: LargePhotoProps) {
  const { t } = useTranslation()
  const { url, failed } = useFullPicture(place, photo)
  return (
    <Dialog open onClose={onClose} title={name} closeLabel={t('app.close')}>
      <div className={styles['frame']}>
        <img
          className={styles['picture']}
          src={url ?? inlinePictureUrl(photo.small)}
          data-blurred={url === null || undefined}
          alt={t('photo.of', { name })}
        />
      </div>
      <p className={styles['note']} role="status">
        {failed && url === null ? t('photo.notLoaded') : ''}
      </p>
    </Dialog>
  )
}
