import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALBUM_WIDTH, albumLayout, type Cell } from './album-layout.ts'

const rowLengths = (count: number): number[] => {
  const tops = albumLayout(count).cells.map(({ top }) => top)
  return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length)
}

describe('albumLayout', () => {
  it('puts two side by side and four into two rows', () => {
    expect(rowLengths(2)).toEqual([2])
    expect(rowLengths(4)).toEqual([2, 2])
  })

  it('shows the first of three tall', () => {
    const [tall, second, third] = albumLayout(3).cells
    expect(tall?.height).toBe(300)
    expect(second?.start).toBe(third?.start)
  })

  it('puts more into rows of two and three', () => {
    expect([5, 6, 7, 8, 9, 10].map(rowLengths)).toEqual([
      [2, 3],
      [3, 3],
      [2, 2, 3],
      [2, 3, 3],
      [3, 3, 3],
      [2, 2, 3, 3],
    ])
  })

  it('has a cell for each photo; they fill the width and do not overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), (count) => {
        const { cells, height } = albumLayout(count)
        expect(cells).toHaveLength(count)
        expect(Math.max(...cells.map((cell) => cell.start + cell.width))).toBeCloseTo(ALBUM_WIDTH)
        expect(Math.max(...cells.map((cell) => cell.top + cell.height))).toBeCloseTo(height)
        for (const [index, cell] of cells.entries())
          for (const other of cells.slice(index + 1)) expect(overlaps(cell, other)).toBe(false)
      }),
    )
  })
})

function overlaps(a: Cell, b: Cell): boolean {
  const beside = a.start + a.width <= b.start || b.start + b.width <= a.start
  return !beside && a.top + a.height > b.top && b.top + b.height > a.top
}
