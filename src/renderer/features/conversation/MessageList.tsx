import { type Ref, Suspense, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useNow } from '../../ui/use-now.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { AlbumRow } from './AlbumRow.tsx'
import { EventFold } from './EventFold.tsx'
import { FloatingDate, type FloatingDateHandle } from './FloatingDate.tsx'
import { foldAlbums } from './fold-albums.ts'
import { foldEvents } from './fold-events.ts'
import { JumpButton, MentionButton } from './JumpButton.tsx'
import { messageCommands } from './message-commands.ts'
import { MessageContextMenu } from './MessageContextMenu.tsx'
import styles from './MessageList.module.css'
import { MessageRow, type SharedRowProps } from './MessageRow.tsx'
import { NoMessages } from './NoMessages.tsx'
import { OlderPages } from './OlderPages.tsx'
import { buildRows, unviewedCount, type MessageRow as MessageRowData } from './rows.ts'
import { openingPlace } from './scroll.ts'
import { DaySeparator, UnreadDivider } from './Separators.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useBlocked } from './use-blocked.ts'
import { useConversationState } from './use-conversation-state.ts'
import { type MessageListHandle, useListKeys } from './use-list-keys.ts'
import { useOlderOnScroll } from './use-older-on-scroll.ts'
import { useMessageFocus } from './use-message-focus.ts'
import { useMayDelete } from './use-may-delete.ts'
import { useNames } from './use-names.ts'
import { useNextMention } from './use-next-mention.ts'
import type { Peer } from './use-peer.ts'
import { useReceipts } from './use-receipts.ts'
import { useRowActions } from './use-row-actions.ts'
import { useRowVirtualizer } from './use-row-virtualizer.ts'
import { useStickToEnd } from './use-stick-to-end.ts'
import { useWantedMessage } from './use-wanted-message.ts'
import { useViewed } from './use-viewed.ts'

const DeleteDialog = lazyPart(async () => (await import('./DeleteDialog.tsx')).DeleteDialog)
const MessageInfo = lazyPart(async () => (await import('./MessageInfo.tsx')).MessageInfo)

interface MessageListProps {
  ref: Ref<MessageListHandle>
  chatId: ChatId
  me: UserId
  peer: Peer
  onDiscard: (message: Message) => void
}

/**
 * The virtualised list of the open chat. It is mounted when the messages are loaded, and again for every `generation`.
 * A reader at the end stays at the end when messages arrive. Otherwise the visible messages keep their place (see goesToEnd).
 */
export function MessageList({ ref, chatId, me, peer, onDiscard }: MessageListProps) {
  const { t } = useTranslation()
  const { messages, unsaved, hasOlder, loadingOlder, firstUnreadId } = useConversationState(chatId)
  const clockOffset = useAppStore((state) => state.clockOffset)
  const now = useNow()
  const blocked = useBlocked(peer)
  const [infoId, setInfoId] = useState<MessageId | null>(null)
  const [deletedId, setDeletedId] = useState<MessageId | null>(null)
  const mayDelete = useMayDelete(chatId, me)
  const { actions, expanded } = useRowActions({ onDiscard, onInfo: setInfoId, onDelete: setDeletedId })
  const rows = useMemo(
    () =>
      foldAlbums(
        foldEvents(
          buildRows(messages, { me, firstUnreadId, hasOlder, now, clockOffset, blocked, expanded }),
          expanded,
        ),
      ),
    [messages, me, firstUnreadId, hasOlder, now, clockOffset, blocked, expanded],
  )

  const { senderOf, names } = useNames(chatId, me)

  const scroller = useRef<HTMLDivElement>(null)
  const floatingDate = useRef<FloatingDateHandle>(null)
  const [openedAt] = useState(() => openingPlace(rows))
  const startsAtEnd = openedAt.at === 'end'
  const [focusedKey, setFocusedKey] = useState<string | null>(null)

  const virtualizer = useRowVirtualizer({ rows, scroller, openedAt, focusedKey })
  const end = useStickToEnd({ scroller, virtualizer, rows, messages, me, startsAtEnd })

  const loadOlder = useOlderOnScroll(chatId, scroller)
  const viewed = useViewed({
    chatId,
    me,
    scroller,
    virtualizer,
    rows,
    messages,
    firstUnreadId,
    startsAtEnd,
  })
  const info = messages.find(({ id }) => id === infoId)
  const { atEnd } = viewed
  const receipts = useReceipts({ chatId, me, messages, atEnd, infoOpen: info !== undefined })
  const deliveryOf = (message: Message): DeliveryState =>
    unsaved.includes(message) ? 'saving' : receipts.deliveryOf(message)
  const shared = ({ message, own }: MessageRowData): SharedRowProps => ({
    readBy: message === messages.at(-1) ? receipts.readBy : null,
    senderName: senderOf(message.senderId),
    names,
    showsSender: peer.id === undefined && !own,
    actions,
  })
  const onScroll = (): void => {
    end.onScroll()
    loadOlder()
    viewed.updateView()
    floatingDate.current?.show(viewed.dayInView())
  }

  const focus = useMessageFocus({
    rows,
    scroller,
    focusedKey,
    setFocusedKey,
    newestInView: viewed.newestInView,
    reveal(index) {
      virtualizer.scrollToIndex(index, { align: 'auto' })
      // At once: the row may be measured before the scroll event, and a reader at the end would be kept there.
      end.onScroll()
    },
  })
  useWantedMessage(chatId, rows, focus.to)
  const onKeyDown = useListKeys({
    ref,
    scroller,
    virtualizer,
    scrollToEnd: end.scrollToEnd,
    moveFocus: focus.move,
    messageCommands: messageCommands(messages, actions, { mentionName: names.mentionName, mayDelete }),
  })
  const nextMention = useNextMention(chatId, me, messages)
  const arrivedText = useArrivals(messages, me, { senderOf, names, blocked })

  return (
    <div className={styles['frame']}>
      <MessageContextMenu
        messages={messages}
        className={styles['area']}
        actions={actions}
        hasInfo={receipts.hasInfo}
        mayDelete={mayDelete}
        mentionName={names.mentionName}
      >
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- handles the keys that scroll */}
        <div
          ref={scroller}
          className={styles['scroller']}
          role="log"
          aria-live="off"
          aria-label={t('conversation.messages')}
          aria-busy={loadingOlder}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable element must be reachable by keyboard
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
                  {row?.kind === 'fold' && (
                    <EventFold
                      rowKey={row.key}
                      count={row.count}
                      open={row.open}
                      onToggle={() => actions.toggleRun(row.ids)}
                    />
                  )}
                  {row?.kind === 'message' && (
                    <MessageRow
                      {...shared(row)}
                      message={row.message}
                      at={row.at}
                      own={row.own}
                      startsGroup={row.startsGroup}
                      endsGroup={row.endsGroup}
                      delivery={row.own ? deliveryOf(row.message) : null}
                      expanded={expanded.has(row.message.id)}
                      hidden={row.hidden}
                    />
                  )}
                  {row?.kind === 'album' && (
                    <AlbumRow
                      {...shared(row.last)}
                      cells={row.cells}
                      last={row.last}
                      delivery={row.last.own ? deliveryOf(row.last.message) : null}
                      expandedIds={expanded}
                    />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </MessageContextMenu>
      <FloatingDate ref={floatingDate} now={now} />
      <div className={styles['jumps']}>
        {nextMention !== null && <MentionButton onJump={() => focus.to(nextMention.id)} />}
        {!atEnd && (
          <JumpButton count={unviewedCount(messages, viewed.viewedId, me)} onJump={end.scrollToEnd} />
        )}
      </div>
      {info !== undefined && (
        <Suspense fallback={null}>
          <MessageInfo message={info} members={receipts.membersFor(info)} onClose={() => setInfoId(null)} />
        </Suspense>
      )}
      {deletedId !== null && (
        <Suspense fallback={null}>
          <DeleteDialog chatId={chatId} id={deletedId} onClose={() => setDeletedId(null)} />
        </Suspense>
      )}
      <LiveRegion>{arrivedText}</LiveRegion>
    </div>
  )
}
