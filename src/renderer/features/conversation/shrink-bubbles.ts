import { type RefObject, useLayoutEffect } from 'react'

/*
 * CSS makes a bubble whose text wraps as wide as possible, also when the widest line is shorter. Here such a bubble is shrunk to its
 * widest line. Its height does not change.
 */

/** Added to the width, because sizes are rounded. In px. */
const SLACK_PX = 1
/** Rectangles belong to one line when their tops differ by less than this. In px. */
const SAME_LINE_PX = 10
/** The cache is cleared when it has more entries. */
const MAX_WIDTHS = 5000

interface Shrunk {
  bubble: HTMLElement
  key: string
}

/** The width of the bubble for a key and a width of the row, in px; null: the bubble keeps its width. */
const widths = new Map<string, number | null>()
const bubbles = new Map<Element, Shrunk>()

/** Created with the first bubble. A ResizeObserver calls back after layout and before paint, once for all rows that are new or were resized. */
let observer: ResizeObserver | undefined

/** `key` names everything that the width depends on, except the width of the row and the size of the font. */
export function useShrunkBubble(row: RefObject<HTMLElement | null>, key: string): void {
  useLayoutEffect(() => {
    const element = row.current
    const bubble = element?.firstElementChild
    if (element === null || !(bubble instanceof HTMLElement)) return undefined
    bubbles.set(element, { bubble, key })
    observer ??= createObserver()
    observer.observe(element)
    return () => {
      bubbles.delete(element)
      observer?.unobserve(element)
    }
  }, [row, key])
}

function createObserver(): ResizeObserver {
  // A font that arrives later changes every width.
  document.fonts.addEventListener('loadingdone', () => {
    widths.clear()
    for (const row of bubbles.keys()) {
      observer?.unobserve(row)
      observer?.observe(row)
    }
  })
  return new ResizeObserver(shrink)
}

/** Writes, then reads, then writes, so that the page lays out once for all rows. */
function shrink(entries: readonly ResizeObserverEntry[]): void {
  const { fontSize } = getComputedStyle(document.documentElement)
  const unknown: (Shrunk & { cacheKey: string })[] = []
  for (const { target, contentRect } of entries) {
    const entry = bubbles.get(target)
    if (entry === undefined) continue
    const cacheKey = `${fontSize} ${String(contentRect.width)} ${entry.key}`
    const width = widths.get(cacheKey)
    setWidth(entry.bubble, width ?? null)
    if (width === undefined) unknown.push({ ...entry, cacheKey })
  }
  if (unknown.length === 0) return
  if (widths.size > MAX_WIDTHS) widths.clear()
  const measured = unknown.map((entry) => ({ ...entry, width: shrunkWidth(entry.bubble) }))
  for (const { bubble, cacheKey, width } of measured) {
    widths.set(cacheKey, width)
    setWidth(bubble, width)
  }
}

function setWidth(bubble: HTMLElement, width: number | null): void {
  bubble.style.inlineSize = width === null ? '' : `${String(width)}px`
}

/** Null for a bubble that must keep its width: without wrapped lines, or with blocks whose size is not that of their text. */
function shrunkWidth(bubble: HTMLElement): number | null {
  const paragraphs = bubble.querySelectorAll('[data-shrinks]')
  const isPlain =
    paragraphs.length > 0 && bubble.querySelector('ul, ol, pre, blockquote, [data-sized]') === null
  if (!isPlain) return null
  const range = document.createRange()
  let widest = 0
  let available = 0
  for (const paragraph of paragraphs) {
    range.selectNodeContents(paragraph)
    // The visible time is placed in the corner, beside the text. An invisible copy reserves its space in the last line.
    const corner = paragraph.querySelector('[data-corner]')
    if (corner !== null) range.setEndBefore(corner)
    available = Math.max(available, paragraph.clientWidth)
    widest = Math.max(widest, widestLine(range.getClientRects()))
  }
  const spare = available - widest - SLACK_PX
  return spare < 1 ? null : Math.ceil(bubble.getBoundingClientRect().width - spare)
}

/** A line has several rectangles of different heights: one for each run of text and each element. */
function widestLine(rects: Iterable<DOMRect>): number {
  let widest = 0
  let line: DOMRect | undefined
  for (const rect of rects) {
    line = line !== undefined && isBeside(line, rect) ? union(line, rect) : rect
    widest = Math.max(widest, line.width)
  }
  return widest
}

function isBeside(line: DOMRect, rect: DOMRect): boolean {
  return Math.abs(rect.top - line.top) < SAME_LINE_PX
}

function union(a: DOMRect, b: DOMRect): DOMRect {
  const left = Math.min(a.left, b.left)
  const top = Math.min(a.top, b.top)
  return new DOMRect(left, top, Math.max(a.right, b.right) - left, Math.max(a.bottom, b.bottom) - top)
}
