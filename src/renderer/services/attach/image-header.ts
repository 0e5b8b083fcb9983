/* Reads what kind of picture a file is, and its dimensions, from its first bytes. Nothing is decoded: the file may be hostile. */

/** How many bytes of a file are read. A JPEG can have 64 KB of metadata several times before its dimensions. */
export const HEADER_BYTES = 256 * 1024

export interface ImageHeader {
  mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif'
  /** As stored, before the orientation of the metadata. */
  width: number
  height: number
  /** It may have several frames. Encoding it again would keep only the first. */
  animated: boolean
}

type Reader = (bytes: DataView) => ImageHeader | null

/** Returns null for what is no picture of a known kind, or has no dimensions within these bytes. Never throws. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const read of [readPng, readJpeg, readGif, readWebp, readAvif]) {
    const header = attempt(read, view)
    if (header !== null && header.width > 0 && header.height > 0) return header
  }
  return null
}

/** A truncated file ends in a read beyond the end. */
function attempt(read: Reader, view: DataView): ImageHeader | null {
  try {
    return read(view)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Reads ASCII text, which names the parts of a file. */
function textAt(view: DataView, at: number, length: number): string {
  let text = ''
  for (let index = at; index < at + length; index += 1) text += String.fromCharCode(view.getUint8(index))
  return text
}

function readPng(view: DataView): ImageHeader | null {
  if (textAt(view, 1, 3) !== 'PNG' || textAt(view, 12, 4) !== 'IHDR') return null
  const header = { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) } as const
  return { ...header, animated: hasChunkBeforePixels(view, 'acTL') }
}

/** Whether a PNG has a chunk of this name before its pixels. */
function hasChunkBeforePixels(view: DataView, name: string): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += view.getUint32(at) + 12) {
    const chunk = textAt(view, at + 4, 4)
    if (chunk === name) return true
    if (chunk === 'IDAT') return false
  }
  return false
}

/** The markers of a frame: C0 to CF, without those of tables and arithmetic coding. */
const isFrameMarker = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function readJpeg(view: DataView): ImageHeader | null {
  if (view.getUint16(0) !== 0xffd8) return null
  let at = 2
  for (;;) {
    while (view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at += 1
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (isFrameMarker(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)]
      return { mime: 'image/jpeg', width, height, animated: false }
    }
    const hasLength = marker !== 0x01 && (marker < 0xd0 || marker > 0xd8)
    at += hasLength ? 2 + view.getUint16(at + 2) : 2
  }
}

function readGif(view: DataView): ImageHeader | null {
  if (!/^GIF8[79]a$/u.test(textAt(view, 0, 6))) return null
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)]
  return { mime: 'image/gif', width, height, animated: true }
}

function readWebp(view: DataView): ImageHeader | null {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return null
  const size = webpSize(view)
  return size && { mime: 'image/webp', ...size }
}

function webpSize(view: DataView): Pick<ImageHeader, 'width' | 'height' | 'animated'> | null {
  const uint24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  switch (textAt(view, 12, 4)) {
    case 'VP8 ':
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
        animated: false,
      }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, animated: false }
    }
    case 'VP8X':
      return {
        width: uint24(24) + 1,
        height: uint24(27) + 1,
        animated: (view.getUint8(20) & 0x02) !== 0,
      }
    default:
      return null
  }
}

/** The boxes that lead to the dimensions, and how many bytes of their own they have before the boxes inside. */
const AVIF_PATH: ReadonlyMap<string, number> = new Map([
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
])
/** More boxes than any real file has before its dimensions. */
const MAX_BOXES = 1000

function readAvif(view: DataView): ImageHeader | null {
  if (textAt(view, 4, 4) !== 'ftyp') return null
  const brands = textAt(view, 8, Math.min(view.getUint32(0), 256) - 8)
  if (!/avi[fs]/u.test(brands)) return null
  // A file has dimensions for each of its pictures: also for thumbnails and parts. The largest ones count.
  let [width, height] = [0, 0]
  for (let at = 0, boxes = 0; at + 8 <= view.byteLength && boxes < MAX_BOXES; boxes += 1) {
    const [size, name] = [view.getUint32(at), textAt(view, at + 4, 4)]
    if (name === 'ispe' && at + 20 <= view.byteLength) {
      width = Math.max(width, view.getUint32(at + 12))
      height = Math.max(height, view.getUint32(at + 16))
    }
    const own = AVIF_PATH.get(name)
    if (own === undefined && size < 8) break
    at += own === undefined ? size : 8 + own
  }
  return { mime: 'image/avif', width, height, animated: brands.includes('avis') }
}
