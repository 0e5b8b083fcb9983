import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCameraAccess } from '../../../services/attach/use-camera-access.ts'
import { Button } from '../../../ui/Button.tsx'
import { CameraStage } from '../../../ui/camera/CameraStage.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import styles from './CameraDialog.module.css'

interface CameraDialogProps {
  onPhoto: (photo: File) => void
  onClose: () => void
}

/** Takes a photo. The camera is on only while its picture is shown. */
export function CameraDialog({ onPhoto, onClose }: CameraDialogProps) {
  const { t } = useTranslation()
  const [photo, setPhoto] = useState<File | null>(null)
  const [cameraId, setCameraId] = useState<string | null>(null)
  const camera = useCameraAccess()
  return (
    <Dialog open onClose={onClose} title={t('camera.title')} closeLabel={t('app.close')}>
      {photo === null ? (
        <CameraStage
          camera={camera}
          cameraId={cameraId}
          onChoose={setCameraId}
          onTake={setPhoto}
          onCancel={onClose}
        />
      ) : (
        <Taken
          photo={photo}
          onRetake={() => setPhoto(null)}
          onUse={() => {
            onPhoto(photo)
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}

interface TakenProps {
  photo: File
  onRetake: () => void
  onUse: () => void
}

function Taken({ photo, onRetake, onUse }: TakenProps) {
  const { t } = useTranslation()
  const use = useRef<HTMLButtonElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  // The button that was pressed is gone.
  useEffect(() => use.current?.focus(), [])
  useEffect(() => {
    void createImageBitmap(photo).then((bitmap) => {
      const { current } = canvas
      if (current !== null) {
        current.width = bitmap.width
        current.height = bitmap.height
        current.getContext('2d')?.drawImage(bitmap, 0, 0)
      }
      bitmap.close()
    })
  }, [photo])
  return (
    <>
      <div className={styles['stage']}>
        <canvas ref={canvas} role="img" aria-label={t('camera.taken')} />
      </div>
      <div className={styles['actions']}>
        <Button onClick={onRetake}>{t('camera.retake')}</Button>
        <Button ref={use} variant="primary" onClick={onUse}>
          {t('camera.use')}
        </Button>
      </div>
    </>
  )
}
