import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, panned, WHOLE, zoomed, type View } from './zoom.ts'

const stage = { width: 1000, height: 800 }
const picture = { width: 1000, height: 750 }
const middle = { x: 0, y: 0 }

describe('fitted', () => {
  it('shows all of a large picture, also when it is turned', () => {
    expect(fitted({ width: 4000, height: 3000 }, stage)).toEqual({ width: 1000, height: 750 })
    expect(fitted({ width: 4000, height: 2000 }, stage, true)).toEqual({ width: 800, height: 400 })
  })

  it('does not enlarge a small picture', () => {
    expect(fitted({ width: 60, height: 40 }, stage)).toEqual({ width: 60, height: 40 })
  })
})

describe('zoomed', () => {
  it('stays between the whole picture and eight times', () => {
    expect(zoomed(WHOLE, 100, { point: middle, picture, stage }).scale).toBe(8)
    expect(zoomed({ scale: 2, x: 9, y: 9 }, 0.01, { point: middle, picture, stage })).toEqual(WHOLE)
  })

  it('keeps what is under the pointer there', () => {
    const point = { x: 200, y: -100 }
    const view = zoomed(WHOLE, 4, { point, picture, stage })
    const partBefore = (point.x - WHOLE.x) / WHOLE.scale
    expect((point.x - view.x) / view.scale).toBeCloseTo(partBefore)
    expect((point.y - view.y) / view.scale).toBeCloseTo(point.y)
  })

  it('never leaves a gap at an edge while the picture is larger than the stage', () => {
    const coordinate = fc.integer({ min: -500, max: 500 })
    const step = fc.record({
      factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
      x: coordinate,
      y: coordinate,
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let view: View = WHOLE
        for (const { factor, x, y } of steps) {
          view = zoomed(view, factor, { point: { x, y }, picture, stage })
          view = panned(view, { x: y, y: x }, picture, stage)
          const spare = Math.max(0, (picture.width * view.scale - stage.width) / 2)
          expect(Math.abs(view.x)).toBeLessThanOrEqual(spare + 1e-6)
          expect(view.scale).toBeGreaterThanOrEqual(1)
          expect(view.scale).toBeLessThanOrEqual(8)
        }
      }),
    )
  })
})
