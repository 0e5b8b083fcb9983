import type { PhotoAnswer, PhotoTask, RenderedPhoto } from './photo-tasks.ts'
import { drawMatrix, fit, sentSize } from './picture-geometry.ts'
import { HASH_SIDE, thumbhashOf } from './thumbhash-of.ts'

/* The worker that decodes and encodes photos. It does one task at a time; photo-workers.ts calls it. */

addEventListener('message', ({ data }: MessageEvent<PhotoTask>) => {
  render(data).then(
    (photo) => answer({ ok: true, photo }),
    () => answer({ ok: false }),
  )
})

function answer(message: PhotoAnswer): void {
  postMessage(message)
}

/** Draws the photo upright, turned, cropped and scaled, and encodes it. What is encoded again has no metadata. */
async function render({ source, edit, longest, use }: PhotoTask): Promise<RenderedPhoto> {
  // `from-image` turns the pixels upright, as the metadata say.
  const decoded = await createImageBitmap(source, { imageOrientation: 'from-image' })
  try {
    const size = sentSize(decoded, edit, longest)
    const canvas = new OffscreenCanvas(size.width, size.height)
    const context = contextOf(canvas)
    context.imageSmoothingQuality = 'high'
    context.setTransform(...drawMatrix(decoded, edit, size))
    context.drawImage(decoded, 0, 0)
    if (isInline(use)) fillBehind(context)
    const small = hashOf(canvas)
    const bytes = await canvas.convertToBlob(encodings[use](small.hasAlpha))
    return { bytes, ...size, hash: small.hash, upright: { width: decoded.width, height: decoded.height } }
  } finally {
    decoded.close()
  }
}

/** JPEG knows no transparency. */
const lossy =
  (quality: number) =>
  (hasAlpha: boolean): ImageEncodeOptions => ({ type: hasAlpha ? 'image/webp' : 'image/jpeg', quality })

const encodings: Readonly<Record<PhotoTask['use'], (hasAlpha: boolean) => ImageEncodeOptions>> = {
  preview: lossy(0.7),
  standard: lossy(0.82),
  high: lossy(0.9),
  original: lossy(0.95),
  // Screenshots and drawings: sharp edges stay sharp.
  sharp: () => ({ type: 'image/webp', quality: 0.9 }),
  lossless: () => ({ type: 'image/png' }),
  inline: () => ({ type: 'image/webp', quality: 0.75 }),
  inlineLow: () => ({ type: 'image/webp', quality: 0.3 }),
}

const isInline = (use: PhotoTask['use']): boolean => use === 'inline' || use === 'inlineLow'

/** Where the picture is transparent, it becomes white: the simple format of a small picture has no transparency. */
function fillBehind(context: OffscreenCanvasRenderingContext2D): void {
  context.resetTransform()
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}

function hashOf(canvas: OffscreenCanvas): { hash: string; hasAlpha: boolean } {
  const { width, height } = fit(canvas, HASH_SIDE)
  const context = contextOf(new OffscreenCanvas(width, height))
  context.drawImage(canvas, 0, 0, width, height)
  const pixels = context.getImageData(0, 0, width, height)
  const hasAlpha = pixels.data.some((value, index) => index % 4 === 3 && value < 255)
  return { hash: thumbhashOf(pixels), hasAlpha }
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  return context
}
