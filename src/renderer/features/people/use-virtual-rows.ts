import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useLayoutEffect, useState, type RefObject } from 'react'
import scrollerStyles from '../../ui/scroller.module.css'

/** The height of a row, in px. */
const ROW_PX = 52

interface VirtualRowsOptions {
  ids: readonly string[]
  /** The index of the row that stays mounted: it is in the tab order. */
  kept: number
}

interface VirtualRows {
  /** The rows to mount. `offset`: in px from the top of the list. */
  items: readonly { index: number; offset: number }[]
  /** The height of the whole list, in px. */
  height: number
  /** Scrolls a row into view. */
  reveal: (index: number) => void
}

/** Lays out a long list of equal rows inside the scrolling pane around it: only rows near the view are mounted. */
export function useVirtualRows(
  list: RefObject<HTMLElement | null>,
  { ids, kept }: VirtualRowsOptions,
): VirtualRows {
  const scroller = (): HTMLElement | null =>
    list.current?.closest<HTMLElement>(`.${scrollerStyles['scroller'] ?? ''}`) ?? null
  /** The distance of the list from the top of the pane's content, in px. */
  const [above, setAbove] = useState(0)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- any render may have moved the list
  useLayoutEffect(() => {
    const pane = scroller()
    if (pane === null || list.current === null) return
    const distance = list.current.getBoundingClientRect().top - pane.getBoundingClientRect().top
    setAbove(Math.round(distance + pane.scrollTop))
  })
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: scroller,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    scrollMargin: above,
    overscan: 8,
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), kept])]
        .filter((index) => index >= 0 && index < ids.length)
        .toSorted((a, b) => a - b),
  })
  return {
    items: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, offset: start - above })),
    height: ids.length * ROW_PX,
    reveal: (index) => virtualizer.scrollToIndex(index),
  }
}
