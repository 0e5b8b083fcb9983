import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/domain/message.ts'
import { deliveryState, othersOf } from '#shared/domain/receipts.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useNow } from '../../ui/use-now.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { JumpButton } from './JumpButton.tsx'
import { MessageContextMenu } from './MessageContextMenu.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { estimateHeight } from './message-text.ts'
import { NoMessages } from './NoMessages.tsx'
import { OlderPages } from './OlderPages.tsx'
import { buildRows, type Row, unviewedCount } from './rows.ts'
import {
  END_THRESHOLD_PX,
  goesToEnd,
  isAfter,
  newestInView,
  openingPlace,
  type ScrollGeometry,
  sticksToEnd,
} from './scroll.ts'
import { DaySeparator, UnreadDivider } from './Separators.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useConversationState } from './use-conversation-state.ts'
import { useLoadOlder } from './use-load-older.ts'
import { useMessageFocus } from './use-message-focus.ts'
import type { Peer } from './use-peer.ts'
import { useRowActions } from './use-row-actions.ts'
import { useSeen } from './use-seen.ts'

export interface MessageListHandle {
  /** Scrolls by most of a screen. */
  page(direction: 'up' | 'down'): void
}

interface MessageListProps {
  ref: Ref<MessageListHandle>
  chatId: ChatId
  me: UserId
  peer: Peer
  onDiscard: (message: Message) => void
}

/** Room above the first row for the state of loading older pages: it is no row, so that nothing moves when it comes and goes. */
const PADDING_TOP_PX = 56
const PADDING_BOTTOM_PX = 8
const SEPARATOR_PX = 44
/** What is scrolled to keeps this distance from the edges. */
const SCROLL_PADDING_PX = 12

/**
 * The virtualised list of the open chat; mounted once its messages are there, and anew for another `generation`.
 * The end sticks while the reader is there; otherwise what is being read keeps its place (see goesToEnd).
 */
export function MessageList({ ref, chatId, me, peer, onDiscard }: MessageListProps) {
  const { t } = useTranslation()
  const { messages, hasOlder, loadingOlder, firstUnreadId } = useConversationState(chatId)
  const activities = useAppStore((state) => state.activities.get(chatId))
  const others = useMemo(() => othersOf(activities ?? [], me), [activities, me])
  const clockOffset = useAppStore((state) => state.clockOffset)
  const now = useNow()
  const rows = useMemo(
    () => buildRows(messages, { me, firstUnreadId, hasOlder, now, clockOffset }),
    [messages, me, firstUnreadId, hasOlder, now, clockOffset],
  )

  const scroller = useRef<HTMLDivElement>(null)
  const [openedAt] = useState(() => openingPlace(rows))
  /** The reader is at the end, and stays there whatever comes or grows. */
  const sticks = useRef(openedAt.at === 'end')
  const [atEnd, setAtEnd] = useState(openedAt.at === 'end')
  const [viewedId, setViewedId] = useState(() => idBefore(messages, firstUnreadId))
  const [focusedId, setFocusedId] = useState<MessageId | null>(null)

  const focusedIndex = useMemo(
    () => (focusedId === null ? -1 : rows.findIndex((row) => row.key === focusedId)),
    [rows, focusedId],
  )
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateSize(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    rangeExtractor: useCallback(
      (range: Range) => withIndex(defaultRangeExtractor(range), focusedIndex),
      [focusedIndex],
    ),
    // What is being read keeps its place when rows come before it.
    anchorTo: 'end',
    scrollEndThreshold: END_THRESHOLD_PX,
    overscan: 6,
    paddingStart: PADDING_TOP_PX,
    paddingEnd: PADDING_BOTTOM_PX,
    scrollPaddingStart: SCROLL_PADDING_PX,
    scrollPaddingEnd: SCROLL_PADDING_PX,
    // A guess, which moves with the rows as they are measured.
    initialOffset: () =>
      offsetOf(rows, openedAt.at === 'end' ? rows.length : openedAt.index) - SCROLL_PADDING_PX,
  })
  const totalSize = virtualizer.getTotalSize()

  const known = useRef(messages)
  useLayoutEffect(() => {
    sticks.current = goesToEnd(known.current, messages, { me, atEnd: sticks.current })
    known.current = messages
  }, [messages, me])

  useLayoutEffect(() => {
    if (sticks.current) virtualizer.scrollToEnd()
  }, [virtualizer, rows, totalSize])

  // When the composer grows, or the window changes, the end of what is being read stays above it.
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
  }, [virtualizer])

  const inView = (accept?: (message: Message) => boolean): Message | null => {
    const element = scroller.current
    if (element === null) return null
    // Few messages stand at the bottom: then the list begins below the scroller's top.
    const top = element.scrollTop - Math.max(0, element.clientHeight - virtualizer.getTotalSize())
    const viewport = { top, bottom: top + element.clientHeight }
    return newestInView(rows, virtualizer.getVirtualItems(), viewport, accept)
  }
  const loadOlder = useLoadOlder(chatId, scroller)
  const tellSeen = useSeen(chatId, messages, () => inView((message) => message.senderId !== me))
  const lookAround = (): void => {
    const element = scroller.current
    if (element === null) return
    setAtEnd(distanceFromEnd(element) <= END_THRESHOLD_PX)
    const newest = inView()
    if (newest !== null && isAfter(messages, newest.id, viewedId)) setViewedId(newest.id)
    tellSeen()
  }
  useLayoutEffect(lookAround)

  const lastScroll = useRef<ScrollGeometry | null>(null)
  const onScroll = (): void => {
    const element = scroller.current
    if (element === null) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const geometry = { scrollTop, scrollHeight, clientHeight }
    sticks.current = sticksToEnd(lastScroll.current, geometry)
    lastScroll.current = geometry
    loadOlder()
    lookAround()
  }

  const scrollToNewest = (): void => {
    sticks.current = true
    virtualizer.scrollToEnd()
  }
  const page = (direction: 'up' | 'down'): void => {
    const element = scroller.current
    element?.scrollBy({ top: (direction === 'up' ? -0.9 : 0.9) * element.clientHeight, behavior: 'instant' })
  }
  useImperativeHandle(ref, () => ({ page }))

  const focus = useMessageFocus({
    rows,
    scroller,
    focusedId,
    setFocusedId,
    newestInView: inView,
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Scrolling by key is at once: on the way of a smooth one, rows are measured, which would end it early.
    const commands: Readonly<Record<string, () => void>> = {
      ArrowUp: () => focus.move('up'),
      ArrowDown: () => focus.move('down'),
      PageUp: () => page('up'),
      PageDown: () => page('down'),
      Home: () => virtualizer.scrollToOffset(0),
      End: scrollToNewest,
    }
    const command = commands[event.key]
    if (command === undefined) return
    event.preventDefault()
    command()
  }
  const { actions, expanded } = useRowActions(onDiscard)
  const arrivedText = useArrivals(messages, me, peer.name)

  return (
    <div className={styles['frame']}>
      <MessageContextMenu messages={messages} className={styles['area']} actions={actions}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys that scroll */}
        <div
          ref={scroller}
          className={styles['scroller']}
          role="log"
          aria-live="off"
          aria-label={t('conversation.messages')}
          aria-busy={loadingOlder}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
          tabIndex={0}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onFocus={focus.onFocus}
          onBlur={focus.onBlur}
        >
          {rows.length === 0 && !hasOlder && (
            <div className={styles['empty']}>
              <NoMessages peer={peer} />
            </div>
          )}
          <div className={styles['sizer']} style={{ height: totalSize }}>
            <OlderPages chatId={chatId} />
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index]
              return (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className={styles['item']}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row?.kind === 'day' && <DaySeparator at={row.at} now={now} />}
                  {row?.kind === 'unread' && <UnreadDivider />}
                  {row?.kind === 'message' && (
                    <MessageRow
                      message={row.message}
                      at={row.at}
                      own={row.own}
                      startsGroup={row.startsGroup}
                      endsGroup={row.endsGroup}
                      delivery={row.own ? deliveryState(row.message, others) : null}
                      senderName={peer.name}
                      expanded={expanded.has(row.message.id)}
                      actions={actions}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </MessageContextMenu>
      {!atEnd && <JumpButton count={unviewedCount(messages, viewedId, me)} onJump={scrollToNewest} />}
      <LiveRegion>{arrivedText}</LiveRegion>
    </div>
  )
}

function distanceFromEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight
}

function estimateSize(row: Row | undefined): number {
  if (row?.kind !== 'message') return SEPARATOR_PX
  return row.message.body?.kind === 'text' ? estimateHeight(row.message.body.text) : estimateHeight('')
}

/** Where a row will be before anything is measured, so that the first paint already shows the right rows. */
function offsetOf(rows: readonly Row[], index: number): number {
  return rows.slice(0, index).reduce((sum, row) => sum + estimateSize(row), PADDING_TOP_PX)
}

/** The newest message that was read before the list opened. */
function idBefore(messages: readonly Message[], firstUnreadId: MessageId | null): MessageId | null {
  const index =
    firstUnreadId === null ? messages.length : messages.findIndex(({ id }) => id === firstUnreadId)
  return messages[(index === -1 ? messages.length : index) - 1]?.id ?? null
}

/** The row with the focus stays mounted, or scrolling away would lose the focus. */
function withIndex(indexes: number[], index: number): number[] {
  if (index === -1 || indexes.includes(index)) return indexes
  return [...indexes, index].sort((a, b) => a - b)
}
