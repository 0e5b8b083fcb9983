import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CameraError, type CameraAccess, type CameraProblem, type LiveCamera } from '#shared/domain/camera.ts'
import { Button } from '../Button.tsx'
import { Select } from '../Select.tsx'
import { useShowError } from '../use-show-error.ts'
import styles from './CameraStage.module.css'

interface CameraStageProps {
  camera: CameraAccess
  /** Null: the one that the system prefers. */
  cameraId: string | null
  onChoose: (id: string | null) => void
  onTake: (photo: File) => void
  onCancel: () => void
}

/** Shows the picture of a camera, and takes a photo of it. The camera is on only meanwhile. */
export function CameraStage({ camera, cameraId, onChoose, onTake, onCancel }: CameraStageProps) {
  const { t } = useTranslation()
  const showError = useShowError()
  const video = useRef<HTMLVideoElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [shown, setShown] = useState(false)
  const { live, problem } = useCamera(camera.load, cameraId, attempt)
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = live?.stream ?? null
  }, [live])

  const take = (): void => {
    const { current } = video
    if (current === null || !shown) return
    camera
      .load()
      .then((service) => service.take(current))
      .then(onTake, showError)
  }
  const retry = (): void => {
    setAttempt(attempt + 1)
    setShown(false)
    // The chosen camera may be gone.
    onChoose(null)
  }
  if (problem !== null)
    return <Problem camera={camera} problem={problem} onRetry={retry} onClose={onCancel} />
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
        <Button ref={focusFirst} variant="primary" inactive={!shown} onClick={take}>
          {t('camera.take')}
        </Button>
      </div>
    </>
  )
}

/** Runs a camera while the component is shown. A new `attempt` starts it again. */
function useCamera(
  load: CameraAccess['load'],
  id: string | null,
  attempt: number,
): { live: LiveCamera | null; problem: CameraProblem | null } {
  const [live, setLive] = useState<LiveCamera | null>(null)
  const [failed, setFailed] = useState<{ attempt: number; problem: CameraProblem } | null>(null)
  useEffect(() => {
    let isCurrent = true
    const fail = (problem: CameraProblem): void => {
      if (isCurrent) setFailed({ attempt, problem })
    }
    const starting = load().then((service) => service.start(id, () => fail('unplugged')))
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
  }, [load, id, attempt])
  return { live, problem: failed?.attempt === attempt ? failed.problem : null }
}

interface ProblemProps {
  camera: CameraAccess
  problem: CameraProblem
  onRetry: () => void
  onClose: () => void
}

/** Why there is no picture, and what to do. */
function Problem({ camera, problem, onRetry, onClose }: ProblemProps) {
  const { t } = useTranslation()
  const showError = useShowError()
  const openSettings = (): void => {
    camera
      .load()
      .then((service) => service.openSettings())
      .catch(showError)
  }
  const hasSettings = problem === 'denied' && camera.hasSettings
  return (
    <>
      <p role="alert">{t(`camera.problem.${problem}`)}</p>
      <div className={styles['actions']}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {hasSettings && <Button onClick={openSettings}>{t('voice.openSettings')}</Button>}
        <Button ref={focusFirst} variant="primary" onClick={onRetry}>
          {t('conversation.retry')}
        </Button>
      </div>
    </>
  )
}

/** The button that was pressed before is gone. */
function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus()
}
