import { describe, expect, it } from 'vitest'
import { openingBounds } from './window-bounds.ts'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 1280, height: 984 }
const saved = { x: 2000, y: 50, width: 900, height: 700, maximized: false }

describe('openingBounds', () => {
  it('returns the saved bounds, on any display', () => {
    expect(openingBounds(saved, [left, right])).toEqual({ x: 2000, y: 50, width: 900, height: 700 })
  })

  it('uses the first display when the saved one is gone, or when the upper edge is out of reach', () => {
    expect(openingBounds(saved, [left])).toEqual({ width: 900, height: 700 })
    for (const place of [
      { x: 1850, y: 10 },
      { x: -850, y: 10 },
      { x: 10, y: -30 },
      { x: 10, y: 1030 },
    ]) {
      expect(openingBounds({ ...saved, ...place }, [left])).toEqual({ width: 900, height: 700 })
    }
  })

  it('limits the size to the display, but never below the minimum', () => {
    expect(openingBounds({ ...saved, width: 9000, height: 9000 }, [left])).toEqual({
      width: 1920,
      height: 1040,
    })
    expect(openingBounds({ ...saved, width: 1, height: 1 }, [left])).toEqual({ width: 360, height: 480 })
    expect(openingBounds(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({
      width: 800,
      height: 600,
    })
    expect(openingBounds(null, [])).toEqual({ width: 1080, height: 760 })
  })
})
