/** A message of more lines than this is folded; a line is taken for LINE_CHARACTERS. */
const FOLDED_LINES = 24
const LINE_CHARACTERS = 60
const LINE_PX = 20

/** About how many lines a text takes in a bubble. */
function lineCount(text: string): number {
  let lines = 0
  for (const line of text.split('\n')) lines += Math.max(1, Math.ceil(line.length / LINE_CHARACTERS))
  return lines
}

export function isLong(text: string): boolean {
  return lineCount(text) > FOLDED_LINES
}

/** A guess at a bubble's height in px before it is measured, for the scroll bar's sake. */
export function estimateHeight(text: string): number {
  return 20 + LINE_PX * Math.min(lineCount(text), FOLDED_LINES)
}

const FIRST_STRONG_RIGHT = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u

/** Does the text read from right to left, by its first letter? */
export function startsRightToLeft(text: string): boolean {
  return FIRST_STRONG_RIGHT.test(text)
}
