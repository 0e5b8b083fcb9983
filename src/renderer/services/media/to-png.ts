import { isHuge } from '../attach/file-problem.ts'
import { HEADER_BYTES, readImageHeader } from '../attach/image-header.ts'

/** Draws a picture as a PNG file: the first frame, if it moves. Null: it cannot be decoded. */
export async function toPng(file: Blob): Promise<Blob | null> {
  const header = readImageHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()))
  if (header === null || isHuge(header)) return null
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
  picture.close()
  return canvas.convertToBlob({ type: 'image/png' })
}
