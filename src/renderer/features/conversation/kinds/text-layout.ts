/** A text with more lines is folded. A line is assumed to hold LINE_CHARACTERS. */
const FOLDED_LINES = 24
const LINE_CHARACTERS = 60
const LINE_PX = 20
/** Above and below the text of a bubble. */
const PADDING_PX = 13

/** Estimated number of lines of a text in a bubble. Several blank lines are shown as one (see parseRichText). */
function lineCount(text: string): number {
  let lines = 0
  let isAfterBlank = false
  for (const line of text.trim().split('\n')) {
    const isBlank = line.trim() === ''
    if (!isBlank || !isAfterBlank) lines += Math.max(1, Math.ceil(line.length / LINE_CHARACTERS))
    isAfterBlank = isBlank
  }
  return lines
}

export function isLong(text: string): boolean {
  return lineCount(text) > FOLDED_LINES
}

/** Estimated height of a bubble in px, before it is measured. */
export function estimateHeight(text: string): number {
  return PADDING_PX + LINE_PX * Math.min(lineCount(text), FOLDED_LINES)
}

const FIRST_STRONG_RIGHT = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u

/** Whether the text runs from right to left, by its first letter. */
export function startsRightToLeft(text: string): boolean {
  return FIRST_STRONG_RIGHT.test(text)
}
