import type { PercentCrop } from 'react-image-crop'
import type { PhotoEdit } from '#shared/domain/staged.ts'

/** The whole picture. */
export const WHOLE: PercentCrop = { unit: '%', x: 0, y: 0, width: 100, height: 100 }

export function percentOf(crop: PhotoEdit['crop']): PercentCrop {
  if (crop === null) return WHOLE
  const { x, y, width, height } = crop
  return { unit: '%', x: x * 100, y: y * 100, width: width * 100, height: height * 100 }
}

/** The opposite of `percentOf`. Null when almost nothing is cut off. */
export function cropOf({ x, y, width, height }: PercentCrop): PhotoEdit['crop'] {
  const share = (percent: number): number => Math.min(1, Math.max(0, percent / 100))
  const crop = { x: share(x), y: share(y), width: share(width), height: share(height) }
  return crop.width > 0.995 && crop.height > 0.995 ? null : crop
}
