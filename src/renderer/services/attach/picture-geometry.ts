import type { PhotoEdit, Quality } from '#shared/domain/staged.ts'

/* Sizes and edits of photos. Pure. */

export interface Size {
  width: number
  height: number
}

export interface Area extends Size {
  x: number
  y: number
}

export const unedited: PhotoEdit = { turns: 0, crop: null }
const whole: Area = { x: 0, y: 0, width: 1, height: 1 }

/** Longest side of a photo that is sent, in pixels; null: as large as it is. */
export const longestSide: Readonly<Record<Quality, number | null>> = {
  standard: 1600,
  high: 2560,
  original: null,
}

/** Returns the size after a quarter turn. */
const turned = ({ width, height }: Size): Size => ({ width: height, height: width })

/** Returns the largest size of the same shape whose sides are at most `longest`. It never grows, and no side is 0. */
export function fit({ width, height }: Size, longest: number | null): Size {
  const scale = Math.min(1, (longest ?? Infinity) / Math.max(width, height))
  const side = (length: number): number => Math.max(1, Math.round(length * scale))
  return { width: side(width), height: side(height) }
}

/** The part of the turned picture that remains, in its pixels. At least one pixel, and never outside. */
export function croppedArea(upright: Size, { turns, crop }: PhotoEdit): Area {
  const { width, height } = turns % 2 === 0 ? upright : turned(upright)
  const share = crop ?? whole
  const x = Math.min(width - 1, Math.round(share.x * width))
  const y = Math.min(height - 1, Math.round(share.y * height))
  return {
    x,
    y,
    width: Math.min(width - x, Math.max(1, Math.round(share.width * width))),
    height: Math.min(height - y, Math.max(1, Math.round(share.height * height))),
  }
}

/** The size in which an edited photo is sent. */
export function sentSize(upright: Size, edit: PhotoEdit, longest: number | null): Size {
  return fit(croppedArea(upright, edit), longest)
}

/** Returns the edit after one more quarter turn clockwise. The cropped part stays the same. */
export function turnOnce({ turns, crop }: PhotoEdit): PhotoEdit {
  return {
    turns: (turns + 1) % 4,
    crop: crop && {
      x: Math.max(0, 1 - crop.y - crop.height),
      y: crop.x,
      width: crop.height,
      height: crop.width,
    },
  }
}

/**
 * Returns the matrix (a, b, c, d, e, f) of a canvas that draws an upright picture turned, cropped and scaled: the cropped area fills
 * a canvas of the size `target`.
 */
export function drawMatrix(
  upright: Size,
  edit: PhotoEdit,
  target: Size,
): [number, number, number, number, number, number] {
  const area = croppedArea(upright, edit)
  const [sx, sy] = [target.width / area.width, target.height / area.height]
  const { width, height } = upright
  const turn = {
    0: [1, 0, 0, 1, 0, 0],
    1: [0, 1, -1, 0, height, 0],
    2: [-1, 0, 0, -1, width, height],
    3: [0, -1, 1, 0, 0, width],
  } as const
  const [a, b, c, d, e, f] = turn[quarter(edit.turns)]
  return [a * sx, b * sy, c * sx, d * sy, (e - area.x) * sx, (f - area.y) * sy]
}

function quarter(turns: number): 0 | 1 | 2 | 3 {
  switch (turns % 4) {
    case 1:
      return 1
    case 2:
      return 2
    case 3:
      return 3
    default:
      return 0
  }
}
