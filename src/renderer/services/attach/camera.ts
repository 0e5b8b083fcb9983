import {
  CameraError,
  type CameraProblem,
  type CameraService,
  type LiveCamera,
} from '#shared/domain/camera.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { Report } from '../app/report.ts'

export interface CameraOptions {
  platform: Pick<Platform, 'call'>
  report: Report
}

const PHOTO_TYPE = 'image/jpeg'
/** Sending encodes the photo again, so this keeps almost everything. */
const PHOTO_QUALITY = 0.95

export function createCameraService({ platform, report }: CameraOptions): CameraService {
  /** How many cameras run or start. Main allows the camera until there are none. */
  let users = 0

  function leave(): void {
    users -= 1
    if (users === 0) platform.call('camera.close').catch((error: unknown) => report('camera.close', error))
  }

  async function start(id: string | null, onEnded: () => void): Promise<LiveCamera> {
    if ((await platform.call('camera.open')) === 'denied') throw new CameraError('denied')
    const stream = await navigator.mediaDevices.getUserMedia({ video: constraints(id) })
    for (const track of stream.getTracks()) track.addEventListener('ended', onEnded)
    let isRunning = true
    return {
      stream,
      id: stream.getVideoTracks()[0]?.getSettings().deviceId ?? '',
      cameras: await listCameras(),
      stop() {
        if (!isRunning) return
        isRunning = false
        for (const track of stream.getTracks()) track.stop()
        leave()
      },
    }
  }

  return {
    async start(id, onEnded) {
      users += 1
      try {
        return await start(id, onEnded)
      } catch (error) {
        leave()
        if (!(error instanceof CameraError)) report('camera.start', error)
        throw error instanceof CameraError ? error : new CameraError(problemOf(error), { cause: error })
      }
    },
    async take(video) {
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
      canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0)
      const bytes = await canvas.convertToBlob({ type: PHOTO_TYPE, quality: PHOTO_QUALITY })
      return new File([bytes], `${photoName(new Date())}.jpg`, { type: PHOTO_TYPE })
    },
    openSettings: () => platform.call('camera.openSettings'),
  }
}

function constraints(id: string | null): MediaTrackConstraints {
  return { width: { ideal: 1920 }, height: { ideal: 1080 }, ...(id !== null && { deviceId: { exact: id } }) }
}

async function listCameras(): Promise<LiveCamera['cameras']> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** By the names of getUserMedia's errors. */
const problems = new Map<string, CameraProblem>([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
])

function problemOf(error: unknown): CameraProblem {
  return (error instanceof Error ? problems.get(error.name) : undefined) ?? 'broken'
}

/** The name of a photo that is taken at this time, by the clock of this machine. */
function photoName(time: Date): string {
  const parts = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
  ]
  const [year, month, day, hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, '0'))
  return `Photo ${year}-${month}-${day} ${hours}.${minutes}.${seconds}`
}
