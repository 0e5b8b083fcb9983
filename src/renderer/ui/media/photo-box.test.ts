import fc from 'fast-check'
import { expect, it } from 'vitest'
import { photoBox } from './photo-box.ts'

it('fits large pictures and keeps their proportions', () => {
  expect(photoBox({ width: 4000, height: 3000 })).toEqual({ width: 400, height: 300 })
  expect(photoBox({ width: 3000, height: 4000 })).toEqual({ width: 300, height: 400 })
  expect(photoBox({ width: 240, height: 200 })).toEqual({ width: 240, height: 200 })
})

it('crops very narrow and very wide pictures, and enlarges tiny ones', () => {
  expect(photoBox({ width: 1, height: 65_535 })).toEqual({ width: 200, height: 400 })
  expect(photoBox({ width: 65_535, height: 1 })).toEqual({ width: 400, height: 200 })
  expect(photoBox({ width: 1, height: 1 })).toEqual({ width: 120, height: 120 })
})

it('is wide enough for a caption', () => {
  expect(photoBox({ width: 100, height: 400 }, { captioned: true })).toEqual({ width: 240, height: 400 })
})

it('stays within the bounds for every size that a message can name', () => {
  const side = fc.integer({ min: 1, max: 65_535 })
  fc.assert(
    fc.property(side, side, (width, height) => {
      const box = photoBox({ width, height })
      expect(Math.max(box.width, box.height)).toBeLessThanOrEqual(400)
      expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(120)
      expect(box.width / box.height).toBeGreaterThan(0.49)
      expect(box.width / box.height).toBeLessThan(2.02)
    }),
  )
})
