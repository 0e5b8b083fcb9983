import {
  type KeyboardEvent,
  type Ref,
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
import { NoMessages } from './NoMessages.tsx'
import { OlderPages } from './OlderPages.tsx'
import { buildRows, unviewedCount } from './rows.ts'
import { END_THRESHOLD_PX, isAfter, newestInView, openingPlace } from './scroll.ts'
import { DaySeparator, UnreadDivider } from './Separators.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useConversationState } from './use-conversation-state.ts'
import { useLoadOlder } from './use-load-older.ts'
import { useMessageFocus } from './use-message-focus.ts'
import type { Peer } from './use-peer.ts'
import { useRowActions } from './use-row-actions.ts'
import { useRowVirtualizer } from './use-row-virtualizer.ts'
import { useSeen } from './use-seen.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

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
  const startsAtEnd = openedAt.at === 'end'
  const [atEnd, setAtEnd] = useState(startsAtEnd)
  const [viewedId, setViewedId] = useState(() => idBefore(messages, firstUnreadId))
  const [focusedId, setFocusedId] = useState<MessageId | null>(null)

  const virtualizer = useRowVirtualizer({ rows, scroller, openedAt, focusedId })
  const end = useStickToEnd({ scroller, virtualizer, rows, messages, me, startsAtEnd })

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
  const onScroll = (): void => {
    end.onScroll()
    loadOlder()
    lookAround()
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
      End: end.scrollToEnd,
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
          <div className={styles['sizer']} style={{ height: virtualizer.getTotalSize() }}>
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
      {!atEnd && <JumpButton count={unviewedCount(messages, viewedId, me)} onJump={end.scrollToEnd} />}
      <LiveRegion>{arrivedText}</LiveRegion>
    </div>
  )
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
