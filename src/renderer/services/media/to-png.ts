import type { Sha256 } from '#shared/messages/attachment.ts'
import { isHuge } from '../attach/file-problem.ts'
import { HEADER_BYTES, readImageHeader } from '../attach/image-header.ts'
import type { Services } from '../services.ts'

/** Returns a function that draws a picture of this machine as a PNG file: the first frame, if it moves. Null: it cannot be decoded. */
export function createToPng(
  mediaUrl: Services['mediaUrl'],
): (sha256: Sha256, mime: string) => Promise<Blob | null> {
  return async (sha256, mime) => {
    const response = await fetch(mediaUrl(sha256, mime))
    if (!response.ok) return null
    const file = await response.blob()
    const header = readImageHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()))
    if (header === null || isHuge(header)) return null
    const picture = await createImageBitmap(file).catch(() => null)
    if (picture === null) return null
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0)
    picture.close()
    return canvas.convertToBlob({ type: 'image/png' })
  }
}
