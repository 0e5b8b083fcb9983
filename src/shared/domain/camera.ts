/**
 * Why there is no picture of the camera. `denied`: the system or the app does not allow it. `missing`: there is none. `busy`: another
 * app uses it. `unplugged`: it went away. The catalogue has a text for each under `camera.problem`.
 */
export type CameraProblem = 'denied' | 'missing' | 'busy' | 'broken' | 'unplugged'

export class CameraError extends Error {
  override readonly name = 'CameraError'
  readonly problem: CameraProblem
  constructor(problem: CameraProblem, options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

/** A camera that runs. */
export interface LiveCamera {
  stream: MediaStream
  id: string
  /** All cameras of this machine. */
  cameras: readonly { id: string; label: string }[]
  /** Turns the camera off. */
  stop(): void
}

export interface CameraService {
  /** Turns a camera on; null: the one that the system prefers. `onEnded`: it went away. Rejects with a CameraError. */
  start(id: string | null, onEnded: () => void): Promise<LiveCamera>
  /** Returns what the video shows as a photo. */
  take(video: HTMLVideoElement): Promise<File>
  /** Opens the system's settings for the camera. False: this system has none. */
  openSettings(): Promise<boolean>
}

/** How a screen gets at the camera. */
export interface CameraAccess {
  /** Loads the service when it is needed first. */
  load: () => Promise<CameraService>
  /** Whether the system has settings for the camera. */
  hasSettings: boolean
}
