import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhotoEdit } from '#shared/domain/staged.ts'
import { croppedArea, drawMatrix, fit, sentSize, turnOnce, unedited, type Size } from './picture-geometry.ts'

const side = fc.integer({ min: 1, max: 20_000 })
const sizes = fc.record({ width: side, height: side })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const crops = fc.record({ x: share, y: share, width: share, height: share })
const edits = fc.record({ turns: fc.nat(3), crop: fc.option(crops) })

/** Where the matrix puts a point of the upright picture. */
function put([a, b, c, d, e, f]: ReturnType<typeof drawMatrix>, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

describe('the size of a sent photo', () => {
  it('has the longest side that its quality allows, and keeps its shape', () => {
    expect(fit({ width: 4000, height: 3000 }, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fit({ width: 3000, height: 4000 }, 2560)).toEqual({ width: 1920, height: 2560 })
    expect(fit({ width: 4000, height: 3000 }, null)).toEqual({ width: 4000, height: 3000 })
  })

  it('never grows and has no side of 0', () => {
    fc.assert(
      fc.property(sizes, edits, fc.option(side), (size, edit, longest) => {
        const sent = sentSize(size, edit, longest)
        expect(Math.min(sent.width, sent.height)).toBeGreaterThanOrEqual(1)
        expect(Math.max(sent.width, sent.height)).toBeLessThanOrEqual(Math.max(size.width, size.height))
      }),
    )
  })
})

describe('a crop', () => {
  it('is inside the picture and has at least one pixel, whatever the shares are', () => {
    fc.assert(
      fc.property(sizes, edits, (size, edit) => {
        const whole = croppedArea(size, { ...edit, crop: null })
        const { x, y, width, height } = croppedArea(size, edit)
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
        expect(x + width).toBeLessThanOrEqual(whole.width)
        expect(y + height).toBeLessThanOrEqual(whole.height)
      }),
    )
  })

  it('shows the same part of the picture after a quarter turn', () => {
    const edit = { turns: 0, crop: { x: 0.5, y: 0, width: 0.5, height: 0.25 } }
    // The upper right quarter of the height is at the lower right after a turn clockwise.
    expect(turnOnce(edit)).toEqual({ turns: 1, crop: { x: 0.75, y: 0.5, width: 0.25, height: 0.5 } })
  })

  it('is the same after four quarter turns', () => {
    const inside = fc
      .record({ x: fc.integer({ min: 0, max: 4 }), y: fc.integer({ min: 0, max: 4 }) })
      .map(({ x, y }) => ({ x: x / 8, y: y / 8, width: 0.25, height: 0.5 }))
    fc.assert(
      fc.property(fc.nat(3), fc.option(inside), (turns, crop) => {
        const edit: PhotoEdit = { turns, crop }
        expect([1, 2, 3, 4].reduce(turnOnce, edit)).toEqual(edit)
      }),
    )
  })
})

describe('the matrix of a photo', () => {
  const photo: Size = { width: 400, height: 300 }

  it('turns clockwise by quarters', () => {
    // The upper left corner goes to the upper right, the lower right and the lower left.
    const corners = [
      [0, 0],
      [300, 0],
      [400, 300],
      [0, 400],
    ]
    for (const [turns, corner] of corners.entries()) {
      const edit = { turns, crop: null }
      expect(put(drawMatrix(photo, edit, sentSize(photo, edit, null)), 0, 0)).toEqual(corner)
    }
  })

  it('makes the cropped area fill the canvas', () => {
    const edit = { turns: 0, crop: { x: 0.25, y: 0.5, width: 0.5, height: 0.5 } }
    const target = { width: 100, height: 75 }
    const matrix = drawMatrix(photo, edit, target)
    expect(put(matrix, 100, 150)).toEqual([0, 0])
    expect(put(matrix, 300, 300)).toEqual([100, 75])
  })

  it('puts the whole picture into the canvas when nothing is cropped', () => {
    fc.assert(
      fc.property(sizes, fc.nat(3), (size, turns) => {
        const edit = { ...unedited, turns }
        const target = sentSize(size, edit, 1600)
        const points = [put(drawMatrix(size, edit, target), 0, 0)]
        points.push(put(drawMatrix(size, edit, target), size.width, size.height))
        for (const [x, y] of points) {
          expect(Math.min(Math.abs(x), Math.abs(x - target.width))).toBeLessThan(0.001)
          expect(Math.min(Math.abs(y), Math.abs(y - target.height))).toBeLessThan(0.001)
        }
      }),
    )
  })
})
