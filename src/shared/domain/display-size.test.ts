import fc from 'fast-check'
import { expect, it } from 'vitest'
import { displaySize } from './display-size.ts'

const size = (bytes: number): string => displaySize(bytes, 'en').replace(/^\u2068(.*)\u2069$/u, '$1')

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
