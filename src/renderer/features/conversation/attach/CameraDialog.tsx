import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCameraAccess } from '../../../services/attach/use-camera-access.ts'
import { CameraStage } from '../../../ui/camera/CameraStage.tsx'
import { TakenPhoto } from '../../../ui/camera/TakenPhoto.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

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
        <TakenPhoto
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
