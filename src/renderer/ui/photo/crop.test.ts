import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_ZOOM, moveCrop, sideOf, wholeOf, zoomCrop, type Crop, type Size } from './crop.ts'

const wide: Size = { width: 300, height: 100 }

it('starts with the largest square, in the middle', () => {
  expect(wholeOf(wide)).toEqual({ x: 150, y: 50, zoom: 1 })
  expect(sideOf(wide, wholeOf(wide))).toBe(100)
})

it('moves by parts of the square, up to the edge', () => {
  const right = moveCrop(wide, wholeOf(wide), { x: 0.5, y: 0.5 })
  expect(right).toEqual({ x: 200, y: 50, zoom: 1 })
  expect(moveCrop(wide, right, { x: 9, y: 0 }).x).toBe(250)
})

it('moves away from the edge when it zooms out there', () => {
  const corner = moveCrop(wide, zoomCrop(wide, wholeOf(wide), 4), { x: 99, y: 99 })
  expect(corner).toEqual({ x: 287.5, y: 87.5, zoom: 4 })
  expect(zoomCrop(wide, corner, 1)).toEqual({ x: 250, y: 50, zoom: 1 })
})

it('never leaves the picture, whatever is done', () => {
  const side = fc.integer({ min: 1, max: 9000 })
  const part = fc.double({ min: -10, max: 10, noNaN: true })
  const step = fc.oneof(
    fc.record({ x: part, y: part }),
    fc.double({ min: -10, max: 10, noNaN: true }),
  )
  fc.assert(
    fc.property(side, side, fc.array(step), (width, height, steps) => {
      const size = { width, height }
      const crop = steps.reduce<Crop>(
        (now, by) => (typeof by === 'number' ? zoomCrop(size, now, by) : moveCrop(size, now, by)),
        wholeOf(size),
      )
      const half = sideOf(size, crop) / 2
      expect(crop.zoom).toBeGreaterThanOrEqual(1)
      expect(crop.zoom).toBeLessThanOrEqual(MAX_ZOOM)
      expect(crop.x - half).toBeGreaterThanOrEqual(-1e-6)
      expect(crop.x + half).toBeLessThanOrEqual(width + 1e-6)
      expect(crop.y - half).toBeGreaterThanOrEqual(-1e-6)
      expect(crop.y + half).toBeLessThanOrEqual(height + 1e-6)
    }),
  )
})
