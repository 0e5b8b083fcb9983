import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraError, type CameraProblem, type LiveCamera } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
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
  return (
    <Dialog open onClose={onClose} title={t('camera.title')} closeLabel={t('app.close')}>
      {photo === null ? (
        <Live cameraId={cameraId} onChoose={setCameraId} onTake={setPhoto} onCancel={onClose} />
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

interface LiveProps {
  /** Null: the one that the system prefers. */
  cameraId: string | null
  onChoose: (id: string | null) => void
  onTake: (photo: File) => void
  onCancel: () => void
}

function Live({ cameraId, onChoose, onTake, onCancel }: LiveProps) {
  const { t } = useTranslation()
  const { camera } = useServices()
  const showError = useShowError()
  const video = useRef<HTMLVideoElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [shown, setShown] = useState(false)
  const { live, problem } = useCamera(cameraId, attempt)
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = live?.stream ?? null
  }, [live])

  const take = (): void => {
    const { current } = video
    if (current === null || !shown) return
    camera()
      .then((service) => service.take(current))
      .then(onTake, showError)
  }
  const retry = (): void => {
    setAttempt(attempt + 1)
    // The chosen camera may be gone.
    onChoose(null)
  }
  if (problem !== null) return <Problem problem={problem} onRetry={retry} onClose={onCancel} />
  return (
    <>
      <div className={styles['stage']}>
        <video
          ref={video}
          className={styles['mirrored']}
          muted
          autoPlay
          playsInline
          aria-label={t('camera.live')}
          onPlaying={() => setShown(true)}
        />
        {!shown && (
          <p className={styles['starting']} role="status">
            {t('camera.starting')}
          </p>
        )}
      </div>
      {live !== null && live.cameras.length > 1 && (
        <Select
          label={t('camera.choose')}
          value={live.id}
          options={live.cameras.map(({ id, label }, index) => ({
            value: id,
            label: label === '' ? t('camera.number', { n: index + 1 }) : label,
          }))}
          onChange={(id) => {
            setShown(false)
            onChoose(id)
          }}
        />
      )}
      <div className={styles['actions']}>
        <Button onClick={onCancel}>{t('app.cancel')}</Button>
        <Button variant="primary" inactive={!shown} onClick={take}>
          {t('camera.take')}
        </Button>
      </div>
    </>
  )
}

/** Runs a camera while the component is shown. A new `attempt` starts it again. */
function useCamera(
  id: string | null,
  attempt: number,
): { live: LiveCamera | null; problem: CameraProblem | null } {
  const { camera } = useServices()
  const [live, setLive] = useState<LiveCamera | null>(null)
  const [failed, setFailed] = useState<{ attempt: number; problem: CameraProblem } | null>(null)
  useEffect(() => {
    let isCurrent = true
    const fail = (problem: CameraProblem): void => {
      if (isCurrent) setFailed({ attempt, problem })
    }
    const starting = camera().then((service) => service.start(id, () => fail('unplugged')))
    starting.then(
      (started) => isCurrent && setLive(started),
      (error: unknown) => fail(error instanceof CameraError ? error.problem : 'broken'),
    )
    return () => {
      isCurrent = false
      setLive(null)
      // A camera that is still starting is turned off once it has started.
      starting.then(
        (started) => started.stop(),
        () => undefined,
      )
    }
  }, [camera, id, attempt])
  return { live, problem: failed?.attempt === attempt ? failed.problem : null }
}

interface ProblemProps {
  problem: CameraProblem
  onRetry: () => void
  onClose: () => void
}

/** Why there is no picture, and what to do. */
function Problem({ problem, onRetry, onClose }: ProblemProps) {
  const { t } = useTranslation()
  const { app, camera } = useServices()
  const showError = useShowError()
  const openSettings = (): void => {
    camera()
      .then((service) => service.openSettings())
      .catch(showError)
  }
  // Linux has no such settings.
  const hasSettings = problem === 'denied' && app.platform !== 'linux'
  return (
    <>
      <p role="alert">{t(`camera.problem.${problem}`)}</p>
      <div className={styles['actions']}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {hasSettings && <Button onClick={openSettings}>{t('voice.openSettings')}</Button>}
        <Button variant="primary" onClick={onRetry}>
          {t('conversation.retry')}
        </Button>
      </div>
    </>
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
