import { inflateSync } from 'node:zlib'

/** A square picture: its PNG file, and its pixels as four bytes each: red, green, blue, alpha. */
export interface IconImage {
  size: number
  png: Buffer
  pixels: Buffer
}

export function iconImage(png: Buffer): IconImage {
  return { ...decodePng(png), png }
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const BYTES = 4

/** Decodes a square PNG with 8 bits of red, green, blue and alpha, not interlaced: what Chromium writes. */
export function decodePng(png: Buffer): { size: number; pixels: Buffer } {
  const size = png.readUInt32BE(16)
  const format = png.subarray(24, 29).toString('hex')
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE) || png.readUInt32BE(20) !== size || format !== '0806000000') {
    throw new Error('Not a square PNG with 8 bits of red, green, blue and alpha.')
  }
  const stride = size * BYTES
  const raw = inflateSync(imageData(png))
  const pixels = Buffer.alloc(size * stride)
  for (let row = 0; row < size; row++) {
    const start = row * (stride + 1)
    const filter = raw[start] ?? 0
    for (let at = 0; at < stride; at++) {
      const index = row * stride + at
      const left = at < BYTES ? 0 : (pixels[index - BYTES] ?? 0)
      const above = row === 0 ? 0 : (pixels[index - stride] ?? 0)
      const corner = at < BYTES || row === 0 ? 0 : (pixels[index - stride - BYTES] ?? 0)
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]
      if (predicted === undefined) throw new Error(`Unknown PNG filter ${filter}.`)
      pixels[index] = (raw[start + 1 + at] ?? 0) + predicted
    }
  }
  return { size, pixels }
}

/** Joins the contents of the IDAT chunks. */
function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return Buffer.concat(parts)
}

/** The neighbour that is nearest to left + above - corner, as the PNG specification defines it. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner)
  const toAbove = Math.abs(left - corner)
  const toCorner = Math.abs(left + above - 2 * corner)
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

/** Writes a Windows icon. Programs older than the PNG format of icons expect bitmaps, so only the largest image is a PNG. */
export function icoFile(images: readonly IconImage[]): Buffer {
  const contents = images.map((image) => (image.size < 256 ? bitmap(image) : image.png))
  const header = Buffer.alloc(6 + images.length * 16)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.length, 4)
  let offset = header.length
  for (const [index, content] of contents.entries()) {
    const at = 6 + index * 16
    const size = images[index]?.size ?? 0
    // The byte 0 means 256.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(content.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += content.length
  }
  return Buffer.concat([header, ...contents])
}

/** A bitmap of an icon: blue, green, red, alpha, from the lowest row up, then one bit per pixel that is empty here. */
function bitmap({ size, pixels }: IconImage): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(header.length, 0)
  header.writeInt32LE(size, 4)
  // The height counts the rows of the colours and those of the bits.
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const stride = size * BYTES
  const rows = Array.from({ length: size }, (_, row) => {
    const line = Buffer.from(pixels.subarray((size - 1 - row) * stride, (size - row) * stride))
    for (let at = 0; at < stride; at += BYTES) {
      const red = line[at] ?? 0
      line[at] = line[at + 2] ?? 0
      line[at + 2] = red
    }
    return line
  })
  const bits = Buffer.alloc(Math.ceil(size / 32) * 4 * size)
  return Buffer.concat([header, ...rows, bits])
}

/** Types of a macOS icon for each size in pixels: one for plain screens, one for screens with doubled pixels. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['ic04'],
  32: ['ic05', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}
export const ICNS_SIZES = Object.keys(ICNS_TYPES).map(Number)

/** Writes a macOS icon of images in all sizes of ICNS_SIZES. */
export function icnsFile(images: readonly IconImage[]): Buffer {
  const parts = images.flatMap((image) =>
    (ICNS_TYPES[image.size] ?? []).map((type) => {
      // These two types are not PNGs.
      const content = type === 'ic04' || type === 'ic05' ? packedPixels(image) : image.png
      return icnsPart(type, content)
    }),
  )
  return icnsPart('icns', Buffer.concat(parts))
}

function icnsPart(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(header.length + content.length, 4)
  return Buffer.concat([header, content])
}

/** The channels one after another: alpha, red, green, blue, each with its repetitions shortened. */
function packedPixels({ pixels }: IconImage): Buffer {
  const channel = (index: number): Buffer => pack(pixels.filter((_, at) => at % BYTES === index))
  return Buffer.concat([Buffer.from('ARGB'), ...[3, 0, 1, 2].map(channel)])
}

/** A byte n below 128: the n + 1 bytes that follow. A larger one: the next byte n - 125 times. */
function pack(bytes: Uint8Array): Buffer {
  const packed: number[] = []
  let at = 0
  while (at < bytes.length) {
    const run = runLength(bytes, at)
    if (run >= 3) {
      packed.push(run + 125, bytes[at] ?? 0)
      at += run
    } else {
      const start = at
      while (at < bytes.length && at - start < 128 && runLength(bytes, at) < 3) at++
      packed.push(at - start - 1, ...bytes.subarray(start, at))
    }
  }
  return Buffer.from(packed)
}

/** Number of equal bytes from `at` on, at most 130. */
function runLength(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && end - at < 130 && bytes[end] === bytes[at]) end++
  return end - at
}
