import 'react-image-crop/dist/ReactCrop.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReactCrop, type PercentCrop } from 'react-image-crop'
import type { PhotoEdit, StagedItem } from '#shared/domain/staged.ts'
import { unedited } from '../../../services/attach/picture-geometry.ts'
import { useServices } from '../../../services/use-services.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { errorKey } from '../../../ui/use-show-error.ts'
import styles from './CropDialog.module.css'
import { cropOf, percentOf, WHOLE } from './crop.ts'

interface CropDialogProps {
  item: StagedItem
  onCrop: (edit: PhotoEdit) => void
  onClose: () => void
}

/** Lets the person choose the part of a photo that is sent. Handles can be moved with the arrow keys. */
export function CropDialog({ item, onCrop, onClose }: CropDialogProps) {
  const { t } = useTranslation()
  const { edit = unedited } = item
  const [crop, setCrop] = useState<PercentCrop>(() => percentOf(edit.crop))
  const picture = useUncropped(item)

  const apply = (next: PhotoEdit['crop']): void => {
    onCrop({ ...edit, crop: next })
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title={t('attach.crop')} closeLabel={t('app.close')}>
      <div className={styles['area']} dir="ltr">
        {picture.kind === 'shown' && (
          <ReactCrop
            crop={crop}
            onChange={(_, percent) => setCrop(percent)}
            ruleOfThirds
            keepSelection
            minWidth={24}
            minHeight={24}
            ariaLabels={{
              cropArea: t('attach.cropArea'),
              nwDragHandle: t('attach.handle.nw'),
              nDragHandle: t('attach.handle.n'),
              neDragHandle: t('attach.handle.ne'),
              eDragHandle: t('attach.handle.e'),
              seDragHandle: t('attach.handle.se'),
              sDragHandle: t('attach.handle.s'),
              swDragHandle: t('attach.handle.sw'),
              wDragHandle: t('attach.handle.w'),
            }}
          >
            <img className={styles['picture']} src={picture.url} alt="" />
          </ReactCrop>
        )}
        {picture.kind === 'failed' && <p role="alert">{t(picture.key)}</p>}
      </div>
      <div className={styles['actions']}>
        <Button className={styles['whole']} onClick={() => setCrop(WHOLE)}>
          {t('attach.cropReset')}
        </Button>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button variant="primary" inactive={picture.kind !== 'shown'} onClick={() => apply(cropOf(crop))}>
          {t('attach.cropApply')}
        </Button>
      </div>
    </Dialog>
  )
}

type Picture =
  { kind: 'loading' } | { kind: 'shown'; url: string } | { kind: 'failed'; key: ReturnType<typeof errorKey> }

function useUncropped(item: StagedItem): Picture {
  const { attachments } = useServices()
  const [picture, setPicture] = useState<Picture>({ kind: 'loading' })
  useEffect(() => {
    let isCurrent = true
    const show = (next: Picture): void => {
      if (isCurrent) setPicture(next)
    }
    attachments()
      .then((service) => service.uncropped(item))
      .then(
        (url) => show(url === null ? { kind: 'failed', key: 'errors.unreadable' } : { kind: 'shown', url }),
        (error: unknown) => show({ kind: 'failed', key: errorKey(error) }),
      )
    return () => {
      isCurrent = false
    }
  }, [attachments, item])
  return picture
}
