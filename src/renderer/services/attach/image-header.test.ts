import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readImageHeader } from './image-header.ts'

const text = (value: string): number[] => [...Buffer.from(value, 'latin1')]
const big = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, index) => (value / 256 ** (bytes - 1 - index)) & 0xff)
const little = (value: number, bytes: number): number[] => big(value, bytes).toReversed()
const read = (bytes: readonly number[]) => readImageHeader(Uint8Array.from(bytes))

const chunk = (name: string, data: number[]): number[] => [
  ...big(data.length, 4),
  ...text(name),
  ...data,
  ...big(0, 4),
]
const png = (width: number, height: number, ...chunks: number[][]): number[] => [
  0x89,
  ...text('PNG\r\n\u001A\n'),
  ...chunk('IHDR', [...big(width, 4), ...big(height, 4), 8, 6, 0, 0, 0]),
  ...chunks.flat(),
]
const segment = (marker: number, data: number[]): number[] => [
  0xff,
  marker,
  ...big(data.length + 2, 2),
  ...data,
]
const frame = (width: number, height: number, marker = 0xc0): number[] =>
  segment(marker, [8, ...big(height, 2), ...big(width, 2), 3, ...Array<number>(9).fill(0)])
const jpeg = (...segments: number[][]): number[] => [0xff, 0xd8, ...segments.flat()]
const gif = (width: number, height: number): number[] => [
  ...text('GIF89a'),
  ...little(width, 2),
  ...little(height, 2),
]
const webp = (name: string, data: number[]): number[] => [
  ...text('RIFF'),
  ...little(data.length + 12, 4),
  ...text('WEBP'),
  ...text(name),
  ...little(data.length, 4),
  ...data,
]
const box = (name: string, ...data: number[][]): number[] => {
  const inside = data.flat()
  return [...big(inside.length + 8, 4), ...text(name), ...inside]
}
const ispe = (width: number, height: number): number[] =>
  box('ispe', big(0, 4), big(width, 4), big(height, 4))
const avif = (brand: string, ...sizes: number[][]): number[] => [
  ...box('ftyp', text(brand), big(0, 4), text('mif1')),
  ...box('meta', big(0, 4), box('hdlr', big(0, 4)), box('iprp', box('ipco', ...sizes))),
]

const samples: Record<string, number[]> = {
  png: png(300, 200, chunk('IDAT', [1, 2, 3])),
  jpeg: jpeg(segment(0xe1, Array<number>(500).fill(0xff)), segment(0xc4, [0]), frame(300, 200)),
  'progressive jpeg': jpeg([0xff, 0xff], segment(0xe0, [1]), frame(300, 200, 0xc2)),
  gif: gif(300, 200),
  'lossy webp': webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(300, 2), ...little(200, 2)]),
  'lossless webp': webp('VP8L', [0x2f, ...little((300 - 1) | ((200 - 1) << 14), 4), 0, 0, 0, 0, 0, 0]),
  'extended webp': webp('VP8X', [0, 0, 0, 0, ...little(299, 3), ...little(199, 3)]),
  avif: avif('avif', ispe(100, 50), ispe(300, 200)),
}

describe('the header of a picture', () => {
  for (const [name, bytes] of Object.entries(samples)) {
    it(`names the dimensions of a ${name}`, () => {
      expect(read(bytes)).toMatchObject({ width: 300, height: 200 })
    })
  }

  it('names dimensions that nobody should decode', () => {
    expect(read(png(50_000, 50_000))).toMatchObject({ width: 50_000, height: 50_000 })
  })

  it('says whether the picture may move', () => {
    const moving = [
      gif(1, 1),
      png(1, 1, chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0])),
      webp('VP8X', [0x02, 0, 0, 0, ...little(1, 3), ...little(1, 3)]),
      avif('avis', ispe(1, 1)),
    ]
    for (const bytes of moving) expect(read(bytes)?.animated).toBe(true)
    for (const name of ['png', 'jpeg', 'extended webp', 'avif'])
      expect(read(samples[name] ?? [])?.animated).toBe(false)
  })

  it('is null for what is no picture of these kinds', () => {
    const others = [
      text('<svg xmlns="http://www.w3.org/2000/svg" width="300"/>'),
      text('<html><script>alert(1)</script>'),
      [...box('ftyp', text('heic'), big(0, 4), text('mif1')), ...box('meta', big(0, 4))],
      png(0, 200),
      jpeg(frame(300, 0)),
      [],
    ]
    for (const bytes of others) expect(read(bytes)).toBeNull()
  })

  it('is null for a file that ends before its dimensions', () => {
    for (const bytes of Object.values(samples)) expect(read(bytes.slice(0, 9))).toBeNull()
  })

  it('never throws and always ends, whatever the bytes are', () => {
    const damaged = fc
      .tuple(fc.constantFrom(...Object.values(samples)), fc.array(fc.tuple(fc.nat(600), fc.nat(255))))
      .map(([bytes, changes]) => {
        const copy = Uint8Array.from(bytes)
        for (const [at, value] of changes) copy[at % copy.length] = value
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (bytes) => {
        const header = readImageHeader(bytes)
        expect(header === null || (header.width > 0 && header.height > 0)).toBe(true)
      }),
    )
  })
})
