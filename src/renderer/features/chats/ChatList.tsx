import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatIdSchema, type ChatId, type UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './ChatList.module.css'
import { ChatRow } from './ChatRow.tsx'
import { useChatMenu } from './use-chat-menu.ts'
import { useRowFocus } from './use-row-focus.ts'

const ROW_HEIGHT = 68

interface ChatListProps {
  /** In display order. */
  chatIds: readonly ChatId[]
  me: UserId
  openChatId: ChatId | null
  /** Called for ArrowUp on the first row. */
  onLeaveUp: () => void
}

/** The virtualised chat list. One row is in the tab order; other keys move the focus between rows (see useRowFocus). */
export function ChatList({ chatIds, me, openChatId, onLeaveUp }: ChatListProps) {
  const { t } = useTranslation()
  const { conversation } = useServices()
  const showError = useShowError()
  const scroller = useRef<HTMLDivElement>(null)
  const [focusId, setFocusId] = useState<ChatId | null>(openChatId)
  const [menuChatId, setMenuChatId] = useState<ChatId | null>(null)
  const entries = useChatMenu(menuChatId, me)

  const focusIndex = focusId === null ? -1 : chatIds.indexOf(focusId)
  const activeIndex = Math.max(0, focusIndex)

  const virtualizer = useVirtualizer({
    count: chatIds.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => chatIds[index] ?? index,
    overscan: 6,
    // The row in the tab order stays mounted at every scroll position.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex])]
        .filter((index) => index < chatIds.length)
        .toSorted((a, b) => a - b),
  })

  const onKeyDown = useRowFocus({
    chatIds,
    activeIndex,
    setFocusId,
    scroller,
    reveal: (index) => virtualizer.scrollToIndex(index),
    onLeaveUp,
  })

  // Scrolls to the open chat when the list appears, and when the keyboard or a notification opens another chat.
  const openIndex = openChatId === null ? -1 : chatIds.indexOf(openChatId)
  const shownOpenId = useRef<ChatId | null>(null)
  useEffect(() => {
    if (openIndex >= 0 && shownOpenId.current !== openChatId) virtualizer.scrollToIndex(openIndex)
    shownOpenId.current = openChatId
  }, [openChatId, openIndex, virtualizer])

  const open = useCallback(
    (chatId: ChatId) => void conversation.open(chatId).catch(showError),
    [conversation, showError],
  )

  const onMenuOpen = (target: Element): boolean => {
    const row = target.closest('[data-chat-id]')
    const id = chatIdSchema.safeParse(row instanceof HTMLElement ? row.dataset['chatId'] : undefined)
    setMenuChatId(id.data ?? null)
    return id.success
  }

  return (
    <ContextMenu
      area={<div ref={scroller} className={styles['scroller']} />}
      entries={entries}
      onOpen={onMenuOpen}
    >
      <div
        role="list"
        aria-label={t('chats.list')}
        className={styles['list']}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const chatId = chatIds[item.index]
          return (
            chatId !== undefined && (
              <div
                key={item.key}
                role="listitem"
                aria-posinset={item.index + 1}
                aria-setsize={chatIds.length}
                className={styles['item']}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ChatRow
                  chatId={chatId}
                  me={me}
                  active={item.index === activeIndex}
                  onOpen={open}
                  onKeyDown={onKeyDown}
                  onFocus={setFocusId}
                />
              </div>
            )
          )
        })}
      </div>
    </ContextMenu>
  )
}
