import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Row } from './rows.ts'
import { goesToEnd, type ScrollGeometry, sticksToEnd } from './scroll.ts'

interface StickToEndOptions {
  scroller: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
  rows: readonly Row[]
  messages: readonly Message[]
  me: UserId
  startsAtEnd: boolean
}

interface StickToEnd {
  /** Call this on every scroll. */
  onScroll: () => void
  scrollToEnd: () => void
}

/** Keeps the reader at the end while they are there. Otherwise the visible messages keep their place. */
export function useStickToEnd(options: StickToEndOptions): StickToEnd {
  const { scroller, virtualizer, rows, messages, me, startsAtEnd } = options
  const sticks = useRef(startsAtEnd)
  const totalSize = virtualizer.getTotalSize()

  const known = useRef(messages)
  useLayoutEffect(() => {
    sticks.current = goesToEnd(known.current, messages, { me, atEnd: sticks.current })
    known.current = messages
  }, [messages, me])

  useLayoutEffect(() => {
    if (sticks.current) virtualizer.scrollToEnd()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the end moves when the rows or their size change
  }, [virtualizer, rows, totalSize])

  // When the composer grows or the window is resized, the last visible line stays in view.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    let height = element.clientHeight
    const observer = new ResizeObserver(() => {
      if (sticks.current) virtualizer.scrollToEnd()
      else element.scrollTop += height - element.clientHeight
      height = element.clientHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, virtualizer])

  const lastScroll = useRef<ScrollGeometry | null>(null)
  return {
    onScroll() {
      const element = scroller.current
      if (element === null) return
      const { scrollTop, scrollHeight, clientHeight } = element
      const geometry = { scrollTop, scrollHeight, clientHeight }
      sticks.current = sticksToEnd(lastScroll.current, geometry)
      lastScroll.current = geometry
    },
    scrollToEnd() {
      sticks.current = true
      virtualizer.scrollToEnd()
    },
  }
}
