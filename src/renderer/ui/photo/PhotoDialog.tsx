import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CameraAccess } from '#shared/domain/camera.ts'
import type { Picture } from '#shared/domain/photo.ts'
import { Button } from '../Button.tsx'
import { CameraStage } from '../camera/CameraStage.tsx'
import { Dialog } from '../Dialog.tsx'
import { errorKey } from '../use-show-error.ts'
import { wholeOf, type Crop } from './crop.ts'
import { Cropper } from './Cropper.tsx'
import styles from './PhotoDialog.module.css'
import { openPicture, takePicture } from './picture.ts'

interface PhotoDialogProps {
  camera: CameraAccess
  /** There is a photo, which can be removed. */
  hasPhoto: boolean
  /** Saves the photo; null removes it. Rejects when it could not be saved: the dialog stays open and says why. */
  onChange: (picture: Picture | null) => Promise<void>
  onClose: () => void
}

/** What the dialog shows: the ways to a picture, the camera, or the picture. */
type Step = 'pick' | 'camera' | { bitmap: ImageBitmap; crop: Crop }

/** Chooses or takes a picture, and chooses its part for a photo. */
export function PhotoDialog({ camera, hasPhoto, onChange, onClose }: PhotoDialogProps) {
  const { t } = useTranslation()
  const [step, setStep] = useState<Step>('pick')
  const [cameraId, setCameraId] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useClose(typeof step === 'string' ? undefined : step.bitmap)

  const open = async (file: Blob | undefined): Promise<void> => {
    if (file === undefined || busy) return
    setBusy(true)
    setError(null)
    try {
      const bitmap = await openPicture(file)
      setStep({ bitmap, crop: wholeOf(bitmap) })
    } catch {
      setError(t('photo.unreadable'))
    }
    setBusy(false)
  }
  const save = async (makePicture: () => Promise<Picture | null>): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await onChange(await makePicture())
      onClose()
    } catch (failure) {
      setError(t(errorKey(failure)))
      setBusy(false)
    }
  }
  const show = (next: Step): void => {
    setError(null)
    setStep(next)
  }
  return (
    <Dialog open onClose={onClose} title={t('photo.title')} closeLabel={t('app.close')}>
      <div {...receiving((file) => void open(file))}>
        {step === 'pick' && (
          <Pick
            busy={busy}
            hasPhoto={hasPhoto}
            onPick={(file) => void open(file)}
            onTake={() => show('camera')}
            onRemove={() => void save(() => Promise.resolve(null))}
          />
        )}
        {step === 'camera' && (
          <CameraStage
            camera={camera}
            cameraId={cameraId}
            onChoose={setCameraId}
            onTake={(photo) => void open(photo)}
            onCancel={() => show('pick')}
          />
        )}
        {typeof step === 'object' && (
          <>
            <Cropper {...step} onChange={(crop) => setStep({ ...step, crop })} />
            <div className={styles['buttons']}>
              <Button onClick={() => show('pick')}>{t('photo.another')}</Button>
              <Button
                variant="primary"
                inactive={busy}
                onClick={() => void save(() => takePicture(step.bitmap, step.crop))}
              >
                {t('photo.use')}
              </Button>
            </div>
          </>
        )}
        <p className={styles['error']} role="alert">
          {error}
        </p>
      </div>
    </Dialog>
  )
}

/** Frees the memory of a decoded picture when another one takes its place. */
function useClose(bitmap: ImageBitmap | undefined): void {
  useEffect(() => () => bitmap?.close(), [bitmap])
}

/** A picture can also be dropped or pasted. */
function receiving(onFile: (file: File | undefined) => void) {
  const take = (event: DragEvent | ClipboardEvent, data: DataTransfer): void => {
    event.preventDefault()
    event.stopPropagation()
    onFile(data.files[0])
  }
  return {
    className: styles['content'],
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => take(event, event.dataTransfer),
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData),
  }
}

interface PickProps {
  busy: boolean
  hasPhoto: boolean
  onPick: (file: File | undefined) => void
  onTake: () => void
  onRemove: () => void
}

function Pick({ busy, hasPhoto, onPick, onTake, onRemove }: PickProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles['pick']}>
      <p className={styles['hint']}>{t('photo.hint')}</p>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ target }) => {
          onPick(target.files?.[0])
          // So that the same file can be picked again.
          target.value = ''
        }}
      />
      <Button variant="primary" inactive={busy} onClick={() => input.current?.click()}>
        {t('photo.choose')}
      </Button>
      <Button inactive={busy} onClick={onTake}>
        {t('camera.title')}
      </Button>
      {hasPhoto && (
        <Button inactive={busy} onClick={onRemove}>
          {t('photo.remove')}
        </Button>
      )}
    </div>
  )
}
