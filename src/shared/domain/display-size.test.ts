import fc from 'fast-check'
import { expect, it } from 'vitest'
import { displayPart, displaySize } from './display-size.ts'

const bare = (isolated: string): string => isolated.replace(/^\u2068(.*)\u2069$/u, '$1')
const size = (bytes: number): string => bare(displaySize(bytes, 'en'))
const progress = (done: number, total: number, locale = 'en'): string =>
  [displayPart(done, total, locale), displaySize(total, locale)].map(bare).join(' of ')

it('uses the largest unit that leaves at least one', () => {
  expect(size(0)).toBe('0 bytes')
  expect(size(999)).toBe('999 bytes')
  expect(size(1000)).toBe('1 kB')
  expect(size(820_400)).toBe('820 kB')
  expect(size(4_230_000)).toBe('4.2 MB')
  expect(size(104_857_600)).toBe('104.9 MB')
  expect(size(2_100_000_000)).toBe('2.1 GB')
})

it('never shows a thousand of a unit', () => {
  expect(size(999_960)).toBe('1 MB')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_000_000_000 }), (bytes) => {
      expect(Number(size(bytes).replace(/[^\d.]/g, ''))).toBeLessThan(1000)
    }),
  )
})

it('says how much is done in the unit of the size, and names the unit once', () => {
  expect(progress(4_230_000, 18_000_000)).toBe('4.2 of 18 MB')
  expect(progress(0, 18_000_000)).toBe('0 of 18 MB')
  expect(progress(20_000, 18_000_000)).toBe('0 of 18 MB')
  expect(progress(999_000, 999_960)).toBe('1 of 1 MB')
  expect(progress(450, 999)).toBe('450 of 999 bytes')
  expect(progress(19_000_000, 18_000_000)).toBe('18 of 18 MB')
  expect(progress(4_230_000, 18_000_000, 'de')).toBe('4,2 of 18 MB')
})
