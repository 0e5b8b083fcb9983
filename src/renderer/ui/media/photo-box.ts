/** Longest and shortest side of a picture in the conversation, in px. */
export const LONGEST_PX = 400
const SHORTEST_PX = 120
/** A captioned picture is at least this wide, so that its words have room. In px. */
const CAPTIONED_PX = 240
/** A picture that is narrower or wider than this is cropped. Width divided by height. */
const NARROWEST = 0.5
const WIDEST = 2

export interface Box {
  width: number
  height: number
}

/**
 * The size of a picture in the conversation, in px. It depends on nothing but the message, so nothing moves when the picture
 * arrives. The sender may lie about the size: the picture is then cropped to this box.
 */
export function photoBox({ width, height }: Box, { captioned = false } = {}): Box {
  const ratio = Math.min(WIDEST, Math.max(NARROWEST, width / height))
  const longest = Math.min(LONGEST_PX, Math.max(width, height))
  const fitted = ratio >= 1 ? longest : longest * ratio
  const wide = Math.max(fitted, SHORTEST_PX, SHORTEST_PX * ratio)
  return { width: Math.round(Math.max(wide, captioned ? CAPTIONED_PX : 0)), height: Math.round(wide / ratio) }
}
