/** Width of a grid of photos, in px. In a narrow list it is smaller, with the same proportions. */
export const ALBUM_WIDTH = 400
/** Between two cells, in px. */
const GAP_PX = 2
const PAIR_PX = 199
const TRIPLE_PX = 150
/** One tall cell at the start and two cells beside it. */
const TALL = { width: 265, height: 300 }

/** A cell of the grid, in px of ALBUM_WIDTH. `start` counts from the side where a line of text starts. */
export interface Cell {
  start: number
  top: number
  width: number
  height: number
}

export interface AlbumLayout {
  cells: readonly Cell[]
  height: number
}

/** Two photos are side by side, three are one tall and two, more are in rows of two and three. */
export function albumLayout(count: number): AlbumLayout {
  return count === 3 ? oneAndTwo() : inRows(rowLengths(count))
}

/** Rows of three, after rows of two that take the rest. */
function rowLengths(count: number): number[] {
  if (count <= 4) return count === 4 ? [2, 2] : [count]
  const pairs = (3 - (count % 3)) % 3
  return [...Array<number>(pairs).fill(2), ...Array<number>((count - 2 * pairs) / 3).fill(3)]
}

function inRows(lengths: readonly number[]): AlbumLayout {
  const cells: Cell[] = []
  let top = 0
  for (const length of lengths) {
    const height = length === 3 ? TRIPLE_PX : PAIR_PX
    const width = (ALBUM_WIDTH - GAP_PX * (length - 1)) / length
    for (let index = 0; index < length; index += 1)
      cells.push({ start: index * (width + GAP_PX), top, width, height })
    top += height + GAP_PX
  }
  return { cells, height: top - GAP_PX }
}

function oneAndTwo(): AlbumLayout {
  const start = TALL.width + GAP_PX
  const width = ALBUM_WIDTH - start
  const height = (TALL.height - GAP_PX) / 2
  return {
    cells: [
      { start: 0, top: 0, ...TALL },
      { start, top: 0, width, height },
      { start, top: height + GAP_PX, width, height },
    ],
    height: TALL.height,
  }
}
