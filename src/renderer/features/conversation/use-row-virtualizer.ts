import { defaultRangeExtractor, type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useMemo } from 'react'
import { estimateAlbumHeight } from './AlbumRow.tsx'
import { estimateBodyHeight } from './kinds/index.ts'
import { indexOfKey, type Row } from './rows.ts'
import { END_THRESHOLD_PX, type OpeningPlace } from './scroll.ts'

/** Room above the first row for the state of loading older pages. It is not a row, so nothing moves when it appears or disappears. */
const PADDING_TOP_PX = 56
const PADDING_BOTTOM_PX = 8
const SEPARATOR_PX = 44
const FOLD_PX = 34
/** Space below a bubble: within a group of bubbles, and below its last one (BubbleFrame.module.css). */
const BUBBLE_GAP_PX = 2
const GROUP_GAP_PX = 10
/** After this time without a scroll event, scrolling has ended. In ms. */
const SCROLL_REST_MS = 150
/** Distance from the edges that is kept when scrolling to a row. */
const SCROLL_PADDING_PX = 12

interface RowVirtualizerOptions {
  rows: readonly Row[]
  scroller: RefObject<HTMLDivElement | null>
  openedAt: OpeningPlace
  /** This row stays mounted. Otherwise scrolling away would lose the focus. */
  focusedKey: string | null
}

/** Lays out the rows in view and a few around them. The rows in view keep their place when rows are added above. */
export function useRowVirtualizer({
  rows,
  scroller,
  openedAt,
  focusedKey,
}: RowVirtualizerOptions): Virtualizer<HTMLDivElement, HTMLDivElement> {
  const focusedIndex = useMemo(
    () => (focusedKey === null ? -1 : indexOfKey(rows, focusedKey)),
    [rows, focusedKey],
  )
  return useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateSize(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: useCallback(
      (range: Range) => withIndex(defaultRangeExtractor(range), focusedIndex),
      [focusedIndex],
    ),
    anchorTo: 'end',
    observeElementOffset: observeScroll,
    scrollEndThreshold: END_THRESHOLD_PX,
    overscan: 6,
    paddingStart: PADDING_TOP_PX,
    paddingEnd: PADDING_BOTTOM_PX,
    scrollPaddingStart: SCROLL_PADDING_PX,
    scrollPaddingEnd: SCROLL_PADDING_PX,
    // An estimate, which is corrected as rows are measured.
    initialOffset: () =>
      offsetOf(rows, openedAt.at === 'end' ? rows.length : openedAt.index) - SCROLL_PADDING_PX,
  })
}

/**
 * Reports the scroll position. While the list is scrolled, the virtualizer renders in the scroll event, so that no gap appears. That is
 * not needed at the end: the rows there are rendered already. So a list that follows its newest message is not rendered once more
 * before the message is painted, nor again when scrolling has ended.
 */
function observeScroll(
  { scrollElement }: Virtualizer<HTMLDivElement, HTMLDivElement>,
  report: (offset: number, isScrolling: boolean) => void,
): (() => void) | undefined {
  if (scrollElement === null) return undefined
  let rest: ReturnType<typeof setTimeout> | undefined
  const onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = scrollElement
    const isScrolling = scrollHeight - clientHeight - scrollTop >= 1
    clearTimeout(rest)
    if (isScrolling) rest = setTimeout(() => report(scrollElement.scrollTop, false), SCROLL_REST_MS)
    report(scrollTop, isScrolling)
  }
  scrollElement.addEventListener('scroll', onScroll, { passive: true })
  return () => {
    clearTimeout(rest)
    scrollElement.removeEventListener('scroll', onScroll)
  }
}

function estimateSize(row: Row | undefined): number {
  if (row?.kind === 'fold') return FOLD_PX
  if (row?.kind === 'album')
    return estimateAlbumHeight(row.cells) + (row.last.endsGroup ? GROUP_GAP_PX : BUBBLE_GAP_PX)
  if (row?.kind !== 'message') return SEPARATOR_PX
  return (
    estimateBodyHeight(row.hidden ? null : row.message.body) + (row.endsGroup ? GROUP_GAP_PX : BUBBLE_GAP_PX)
  )
}

/** Estimated offset of a row, so that the first paint already shows the right rows. */
function offsetOf(rows: readonly Row[], index: number): number {
  return rows.slice(0, index).reduce((sum, row) => sum + estimateSize(row), PADDING_TOP_PX)
}

function withIndex(indexes: number[], index: number): number[] {
  if (index === -1 || indexes.includes(index)) return indexes
  return [...indexes, index].sort((a, b) => a - b)
}
