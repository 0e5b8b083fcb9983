/** Width and height of a picture, in its pixels. */
export interface Size {
  width: number
  height: number
}

/** The square of a picture that is kept: its centre in the picture's pixels, and how far it is zoomed in. */
export interface Crop {
  x: number
  y: number
  /** 1: as large as the picture allows. */
  zoom: number
}

export const MAX_ZOOM = 4

export function wholeOf({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

/** Side of the square, in the picture's pixels. */
export function sideOf({ width, height }: Size, { zoom }: Crop): number {
  return Math.min(width, height) / zoom
}

/** Moves the square by a part of its side, as far as the picture goes. */
export function moveCrop(size: Size, crop: Crop, by: { x: number; y: number }): Crop {
  const side = sideOf(size, crop)
  return within(size, { ...crop, x: crop.x + by.x * side, y: crop.y + by.y * side })
}

/** Zooms around the centre. */
export function zoomCrop(size: Size, crop: Crop, zoom: number): Crop {
  return within(size, { ...crop, zoom: clamp(zoom, 1, MAX_ZOOM) })
}

function within(size: Size, crop: Crop): Crop {
  const half = sideOf(size, crop) / 2
  return {
    ...crop,
    x: clamp(crop.x, half, size.width - half),
    y: clamp(crop.y, half, size.height - half),
  }
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max)
}
