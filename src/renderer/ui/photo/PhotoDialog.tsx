import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Picture } from '#shared/domain/photo.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { errorKey } from '../use-show-error.ts'
import { wholeOf, type Crop } from './crop.ts'
import { Cropper } from './Cropper.tsx'
import styles from './PhotoDialog.module.css'
import { openPicture, takePicture } from './picture.ts'

interface PhotoDialogProps {
  /** There is a photo, which can be removed. */
  hasPhoto: boolean
  /** Saves the photo; null removes it. Rejects when it could not be saved: the dialog stays open and says why. */
  onChange: (picture: Picture | null) => Promise<void>
  onClose: () => void
}

/** Chooses a picture and its part for a photo. */
export function PhotoDialog({ hasPhoto, onChange, onClose }: PhotoDialogProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState<{ bitmap: ImageBitmap; crop: Crop } | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useClose(opened?.bitmap)

  const open = async (file: Blob | undefined): Promise<void> => {
    if (file === undefined || busy) return
    setBusy(true)
    setError(null)
    try {
      const bitmap = await openPicture(file)
      setOpened({ bitmap, crop: wholeOf(bitmap) })
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
  return (
    <Dialog open onClose={onClose} title={t('photo.title')} closeLabel={t('app.close')}>
      <div {...receiving((file) => void open(file))}>
        {opened === null ? (
          <Pick
            busy={busy}
            hasPhoto={hasPhoto}
            onPick={(file) => void open(file)}
            onRemove={() => void save(() => Promise.resolve(null))}
          />
        ) : (
          <>
            <Cropper {...opened} onChange={(crop) => setOpened({ ...opened, crop })} />
            <div className={styles['buttons']}>
              <Button onClick={() => setOpened(null)}>{t('photo.another')}</Button>
              <Button
                variant="primary"
                inactive={busy}
                onClick={() => void save(() => takePicture(opened.bitmap, opened.crop))}
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
  onRemove: () => void
}

function Pick({ busy, hasPhoto, onPick, onRemove }: PickProps) {
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
      {hasPhoto && (
        <Button inactive={busy} onClick={onRemove}>
          {t('photo.remove')}
        </Button>
      )}
    </div>
  )
}
