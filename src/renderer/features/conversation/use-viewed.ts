import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { Row } from './rows.ts'
import { dayAtTop, END_THRESHOLD_PX, isAfter, newestInView } from './scroll.ts'
import { useSeen } from './use-seen.ts'

/** At most this many rows can be partly within the distance from the top that `dayAtTop` looks at. */
const ROWS_NEAR_TOP = 3

interface ViewedOptions {
  chatId: ChatId
  me: UserId
  scroller: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
  rows: readonly Row[]
  messages: readonly Message[]
  firstUnreadId: MessageId | null
  startsAtEnd: boolean
}

interface Viewed {
  atEnd: boolean
  /** The newest message that has been in view so far. Up to date only while not at the end. */
  viewedId: MessageId | null
  newestInView: () => Message | null
  /** Some time (local ms) on the day at the top; null: at the end, or while a day separator is near the top. */
  dayInView: () => number | null
  /** Call this on every scroll. */
  updateView: () => void
}

/** Tracks which messages are and have been in view. Checks after each render and each scroll. */
export function useViewed(options: ViewedOptions): Viewed {
  const { chatId, me, scroller, virtualizer, rows, messages, firstUnreadId, startsAtEnd } = options
  const [atEnd, setAtEnd] = useState(startsAtEnd)
  const [viewedId, setViewedId] = useState(() => idBefore(messages, firstUnreadId))
  const viewed = useRef(viewedId)

  /** The visible part of the list, in px from the top of its first row. */
  const viewportOf = (element: HTMLElement): { top: number; bottom: number } => {
    // A short list is placed at the bottom, so it starts below the top of the scroller.
    const top = element.scrollTop - Math.max(0, element.clientHeight - virtualizer.getTotalSize())
    // A reader at the end has everything in view: the gap below the last bubble does not matter.
    const isAtEnd = distanceFromEnd(element) <= END_THRESHOLD_PX
    return { top, bottom: isAtEnd ? Infinity : top + element.clientHeight }
  }
  const inView = (accept?: (message: Message) => boolean): Message | null => {
    const element = scroller.current
    if (element === null) return null
    return newestInView(rows, virtualizer.getVirtualItems(), viewportOf(element), accept)
  }
  const dayInView = (): number | null => {
    const element = scroller.current
    if (element === null || distanceFromEnd(element) <= END_THRESHOLD_PX) return null
    const { top } = viewportOf(element)
    // After a jump the rows there are not rendered yet, but their places are known.
    const index = virtualizer.getVirtualItemForOffset(top)?.index ?? 0
    return dayAtTop(rows, virtualizer.measurementsCache.slice(index, index + ROWS_NEAR_TOP), top)
  }
  const reportSeen = useSeen(chatId, messages, () => inView((message) => message.senderId !== me))
  const updateView = (): void => {
    const element = scroller.current
    if (element === null) return
    const isAtEnd = distanceFromEnd(element) <= END_THRESHOLD_PX
    // oxlint-disable-next-line react/set-state-in-effect -- what is in view is known only after layout
    setAtEnd(isAtEnd)
    const newest = inView()
    if (newest !== null && isAfter(messages, newest.id, viewed.current)) viewed.current = newest.id
    // Only the jump button uses `viewedId`, and it is hidden at the end. Without this check, each message that is sent or arrives there would render the list twice.
    if (!isAtEnd) setViewedId(viewed.current)
    reportSeen()
  }
  useLayoutEffect(updateView)
  return { atEnd, viewedId, newestInView: inView, dayInView, updateView }
}

function distanceFromEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight
}

/** The newest message that was read before the list opened. */
function idBefore(messages: readonly Message[], firstUnreadId: MessageId | null): MessageId | null {
  const index =
    firstUnreadId === null ? messages.length : messages.findIndex(({ id }) => id === firstUnreadId)
  return messages[(index === -1 ? messages.length : index) - 1]?.id ?? null
}
