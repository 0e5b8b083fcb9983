import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { Data } from 'resedit'
import { expect, test } from 'vitest'
import { decodePng, icnsFile, icoFile, ICNS_SIZES, iconImage } from './icon-files.ts'
import { root } from './paths.ts'

const read = (size: number): Buffer => readFileSync(join(root, `assets/icons/${size}x${size}.png`))

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)])
}

/** A PNG of 5 x 5 pixels whose rows use these filters, each with the same bytes. */
function smallPng(filters: readonly number[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(5, 0)
  header.writeUInt32BE(5, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const row = Buffer.from(Array.from({ length: 20 }, (_, index) => index * 3))
  const rows = filters.map((filter) => Buffer.concat([Buffer.from([filter]), row]))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a PNG with each filter is decoded', () => {
  const { size, pixels } = decodePng(smallPng([0, 1, 2, 3, 4]))
  const row = (index: number): number[] => [...pixels.subarray(index * 20, index * 20 + 8)]
  expect(size).toBe(5)
  expect(row(0)).toEqual([0, 3, 6, 9, 12, 15, 18, 21])
  // Left: each pixel is added to the one before it.
  expect(row(1)).toEqual([0, 3, 6, 9, 12, 18, 24, 30])
  // Above.
  expect(row(2)).toEqual([0, 6, 12, 18, 24, 33, 42, 51])
  // The mean of both, rounded down.
  expect(row(3)).toEqual([0, 6, 12, 18, 24, 34, 45, 55])
  expect(row(4)).toEqual([0, 9, 18, 27, 36, 49, 63, 76])
})

test('other PNGs are refused', () => {
  const grey = smallPng([0, 0, 0, 0, 0])
  grey.writeUInt8(0, 25)
  expect(() => decodePng(grey)).toThrow('square PNG')
  expect(() => decodePng(smallPng([0, 0, 0, 0, 5]))).toThrow('filter')
})

test('a Windows icon has each image, the largest as a PNG', () => {
  const { icons } = Data.IconFile.from(icoFile([16, 48, 256].map((size) => iconImage(read(size)))))
  expect(icons.map(({ width, height, bitCount }) => [width || 256, height || 256, bitCount])).toEqual([
    [16, 16, 32],
    [48, 48, 32],
    [256, 256, 32],
  ])
  expect(icons.map(({ data }) => data.isIcon())).toEqual([true, true, false])
  const small = icons[0]?.data
  if (small?.isIcon() !== true) throw new Error('expected a bitmap')
  const { pixels } = iconImage(read(16))
  // The middle of the picture: 8 rows below the top are 7 above the bottom.
  const [red, green, blue, alpha] = pixels.subarray((8 * 16 + 8) * 4)
  expect([...new Uint8Array(small.pixels).subarray((7 * 16 + 8) * 4, (7 * 16 + 9) * 4)]).toEqual([
    blue,
    green,
    red,
    alpha,
  ])
})

test('a macOS icon has all types, and its smallest images can be unpacked', () => {
  const images = ICNS_SIZES.map((size) =>
    size === 1024 ? iconImage(readFileSync(join(root, 'assets/icon.png'))) : iconImage(read(size)),
  )
  const file = icnsFile(images)
  expect(file.toString('latin1', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const parts = new Map<string, Buffer>()
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    parts.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + file.readUInt32BE(at + 4)))
  }
  expect([...parts.keys()].sort()).toEqual(
    ['04', '05', '07', '08', '09', '10', '11', '12', '13', '14'].map((number) => `ic${number}`),
  )
  expect(parts.get('ic10')).toEqual(images.at(-1)?.png)
  const small = parts.get('ic04') ?? Buffer.alloc(0)
  expect(small.toString('latin1', 0, 4)).toBe('ARGB')
  const { pixels } = iconImage(read(16))
  const planes = [3, 0, 1, 2].flatMap((channel) => [...pixels.filter((_, at) => at % 4 === channel)])
  expect(unpack(small.subarray(4))).toEqual(planes)
})

function unpack(bytes: Buffer): number[] {
  const unpacked: number[] = []
  for (let at = 0; at < bytes.length;) {
    const count = bytes[at] ?? 0
    if (count < 128) {
      unpacked.push(...bytes.subarray(at + 1, at + 2 + count))
      at += count + 2
    } else {
      unpacked.push(...Array.from({ length: count - 125 }, () => bytes[at + 1] ?? 0))
      at += 2
    }
  }
  return unpacked
}
