import {
  CameraError,
  type CameraProblem,
  type CameraService,
  type LiveCamera,
} from '../../../src/shared/domain/camera.ts'

export interface CameraControls {
  /** Why no camera starts; null: they work. */
  problem: CameraProblem | null
  /** How many cameras are on. */
  running: number
  /** The camera goes away. */
  unplug(): void
}

const cameras = [
  { id: 'front', label: 'Front camera' },
  { id: 'desk', label: '' },
]

/** Cameras that exist only in the page: the left half of their picture is red, the right half is blue. */
export function fakeCamera(): { service: CameraService; controls: CameraControls } {
  const controls: CameraControls = { problem: null, running: 0, unplug() {} }
  const service: CameraService = {
    async start(id, onEnded): Promise<LiveCamera> {
      await Promise.resolve()
      if (controls.problem !== null) throw new CameraError(controls.problem)
      controls.running += 1
      controls.unplug = onEnded
      const { stream, stop } = redAndBlue()
      return {
        stream,
        id: id ?? 'front',
        cameras,
        stop() {
          controls.running -= 1
          stop()
        },
      }
    },
    async take(video) {
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
      canvas.getContext('2d')?.drawImage(video, 0, 0)
      return new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })], 'Photo.jpg', {
        type: 'image/jpeg',
      })
    },
    openSettings: () => Promise.resolve(true),
  }
  return { service, controls }
}

function redAndBlue(): { stream: MediaStream; stop: () => void } {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')
  const draw = (): void => {
    if (context === null) return
    context.fillStyle = '#d22'
    context.fillRect(0, 0, 320, 480)
    context.fillStyle = '#22d'
    context.fillRect(320, 0, 320, 480)
  }
  // A stream of a canvas has a frame only when something is drawn.
  const timer = setInterval(draw, 50)
  const stream = canvas.captureStream()
  return {
    stream,
    stop() {
      clearInterval(timer)
      for (const track of stream.getTracks()) track.stop()
    },
  }
}
