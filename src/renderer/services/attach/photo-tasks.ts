import type { PhotoEdit, Quality } from '#shared/domain/staged.ts'
import type { Size } from './picture-geometry.ts'

/** Asks the worker to draw a photo. */
export interface PhotoTask {
  source: Blob
  edit: PhotoEdit
  /** Longest side of the result, in pixels; null: the photo keeps its pixels. */
  longest: number | null
  /**
   * How the result is encoded. `sharp` and `lossless`: for pictures that are no photographs. `inline` and `inlineLow`: a lossy WebP
   * file on white.
   */
  use: Quality | 'preview' | 'sharp' | 'lossless' | 'inline' | 'inlineLow'
}

export interface RenderedPhoto extends Size {
  bytes: Blob
  /** Thumbhash of the result, in base64. */
  hash: string
  /** The size of the source, upright and before the edit. */
  upright: Size
}

/** `ok` is false when the picture cannot be decoded, or is too large for the memory. */
export type PhotoAnswer = { ok: true; photo: RenderedPhoto } | { ok: false }

/** Draws photos outside of the main thread. Resolves to null when that is impossible. */
export interface PhotoRenderer {
  render(task: PhotoTask): Promise<RenderedPhoto | null>
}
