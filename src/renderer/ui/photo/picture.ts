import { FULL_MIME, FULL_SIDE, SMALL_LIMIT, SMALL_SIDE, type Picture } from '#shared/domain/photo.ts'
import { onlyPixels } from '#shared/domain/webp.ts'
import { sideOf, type Crop } from './crop.ts'

/** Longest side of the picture that is cropped, in pixels: more would only make dragging slow. */
const WORKING_SIDE = 2048
const FULL_QUALITY = 0.85
/** The small picture is made again with less of both until it is short enough. */
const SMALL_ATTEMPTS = [
  { side: SMALL_SIDE, quality: 0.8 },
  { side: SMALL_SIDE, quality: 0.6 },
  { side: SMALL_SIDE, quality: 0.4 },
  { side: SMALL_SIDE, quality: 0.2 },
  { side: SMALL_SIDE / 2, quality: 0.2 },
]

/** Decodes a picture, upright. Rejects when it is none, or one that this machine cannot decode. */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const { width, height } = bitmap
  const scale = WORKING_SIDE / Math.max(width, height)
  if (scale >= 1) return bitmap
  const smaller = await createImageBitmap(bitmap, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'high',
  })
  bitmap.close()
  return smaller
}

/** Draws the kept square of a picture over the whole canvas. */
export function drawCrop(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  bitmap: ImageBitmap,
  crop: Crop,
): void {
  const { width, height } = context.canvas
  const side = sideOf(bitmap, crop)
  // Where the picture is transparent, it is white in every theme.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, width, height)
}

/** Returns the kept square in both sizes. Both are new files, without the metadata of the original. */
export async function takePicture(bitmap: ImageBitmap, crop: Crop): Promise<Picture> {
  const side = Math.min(FULL_SIDE, Math.ceil(sideOf(bitmap, crop)))
  const full = await encode(bitmap, crop, { side, type: FULL_MIME, quality: FULL_QUALITY })
  for (const attempt of SMALL_ATTEMPTS) {
    const file = await encode(bitmap, crop, { ...attempt, type: 'image/webp' })
    const small = toBase64(onlyPixels(new Uint8Array(await file.arrayBuffer())))
    if (small.length <= SMALL_LIMIT) return { full, small }
  }
  throw new Error('The small picture is too long')
}

interface Encoding {
  side: number
  type: string
  quality: number
}

function encode(bitmap: ImageBitmap, crop: Crop, { side, type, quality }: Encoding): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new Error('No canvas')
  drawCrop(context, bitmap, crop)
  return canvas.convertToBlob({ type, quality })
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
