import { fit, type Size } from './picture-geometry.ts'
import { HASH_SIDE, thumbhashOf } from './thumbhash-of.ts'

/** What a message says about a video. */
export interface VideoFacts extends Size {
  /** In ms. */
  duration: number
  /** Thumbhash of a picture of the first second, in base64. */
  hash: string
  /** That picture as a data: URL. */
  preview: string
}

const TIMEOUT_MS = 10_000
const PREVIEW_SIDE = 360
/** Where the picture is taken, in seconds: the first frame is often black. */
const PICTURE_AT = 0.5
/** Later than the end of any video, in seconds. */
const BEYOND_THE_END = 1e7

/** Reads a video by its URL. Null: this machine cannot play it. Only a part of the file is read. */
export async function readVideoFacts(url: string): Promise<VideoFacts | null> {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  video.crossOrigin = 'anonymous'
  try {
    const loaded = once(video, 'loadeddata')
    video.src = url
    await loaded
    const { videoWidth: width, videoHeight: height } = video
    // A recording may not say how long it is. The player finds out when it goes to the end.
    if (!Number.isFinite(video.duration)) await seek(video, BEYOND_THE_END)
    const { duration } = video
    if (width === 0 || height === 0 || !Number.isFinite(duration)) return null
    await seek(video, Math.min(PICTURE_AT, duration / 2))
    return { width, height, duration: Math.round(duration * 1000), ...picturesOf(video, { width, height }) }
  } catch {
    return null
  } finally {
    // Frees the decoder.
    video.removeAttribute('src')
    video.load()
  }
}

async function seek(video: HTMLVideoElement, seconds: number): Promise<void> {
  const sought = once(video, 'seeked')
  video.currentTime = seconds
  await sought
}

function once(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    video.addEventListener(event, () => resolve(), { once: true })
    video.addEventListener('error', () => reject(new Error('not playable')), { once: true })
    signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true })
  })
}

function picturesOf(video: HTMLVideoElement, size: Size): { hash: string; preview: string } {
  const small = draw(video, fit(size, HASH_SIDE))
  const pixels = small.context.getImageData(0, 0, small.canvas.width, small.canvas.height)
  return {
    hash: thumbhashOf(pixels),
    preview: draw(video, fit(size, PREVIEW_SIDE)).canvas.toDataURL('image/jpeg', 0.7),
  }
}

function draw(
  video: HTMLVideoElement,
  { width, height }: Size,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(video, 0, 0, width, height)
  return { canvas, context }
}
