import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button.tsx'
import styles from './CameraStage.module.css'

interface TakenPhotoProps {
  photo: File
  onRetake: () => void
  onUse: () => void
}

/** Shows the photo that was taken, before it is used. */
export function TakenPhoto({ photo, onRetake, onUse }: TakenPhotoProps) {
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
