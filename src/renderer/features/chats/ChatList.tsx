import {
  defaultRangeExtractor,
  useVirtualizer,
  type Range,
  type Virtualizer,
  type VirtualItem,
} from '@tanstack/react-virtual'
import clsx from 'clsx'
import {
  Fragment,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
} from 'react'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import scrollerStyles from '../../ui/scroller.module.css'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { chatIdOf } from './chat-focus.ts'
import styles from './ChatList.module.css'
import { ChatRow } from './ChatRow.tsx'
import { useChatMenu } from './use-chat-menu.ts'

const ROW_HEIGHT_PX = 64
const HEADING_HEIGHT_PX = 32
/** Height of `header`. */
const HEADER_HEIGHT_PX = 44

/** Chats in display order, in a list of their own. */
export interface ChatSection {
  label: string
  chatIds: readonly ChatId[]
}

/** The row that had the focus last. If its chat leaves the list, the row at that index is in the tab order. */
interface Focus {
  id: ChatId
  index: number
}

interface ChatListProps {
  /** None of them is empty. Their labels are shown if `withHeadings` is set. */
  sections: readonly ChatSection[]
  withHeadings: boolean
  /** A row that scrolls with the list, above it. */
  header: ReactNode
  me: UserId
  openChatId: ChatId | null
  /** Called for ArrowUp on the first row. */
  onLeaveUp: () => void
}

/** Reads the size when the browser has computed it for a frame. Reading it at once would compute the page's layout twice. */
function observeRect(
  { scrollElement }: Virtualizer<HTMLDivElement, Element>,
  onChange: (rect: { width: number; height: number }) => void,
): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const [size] = entry?.borderBoxSize ?? []
    if (size !== undefined) onChange({ width: size.inlineSize, height: size.blockSize })
  })
  if (scrollElement !== null) observer.observe(scrollElement)
  return () => observer.disconnect()
}

/** The virtualised chat list. One row is in the tab order; other keys move the focus between rows (see useRowFocus). */
export function ChatList({ sections, withHeadings, header, me, openChatId, onLeaveUp }: ChatListProps) {
  const { conversation } = useServices()
  const showError = useShowError()
  const scroller = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState<Focus | null>(openChatId === null ? null : { id: openChatId, index: 0 })
  const [menuChatId, setMenuChatId] = useState<ChatId | null>(null)
  const entries = useChatMenu(menuChatId, me)

  const chatIds = useMemo(() => sections.flatMap((section) => section.chatIds), [sections])
  /** The index of each section's first chat. */
  const starts = sections.map((_, index) => sections.slice(0, index).flatMap((one) => one.chatIds).length)
  const headingAbove = (index: number): number =>
    withHeadings && starts.includes(index) ? HEADING_HEIGHT_PX : 0
  const focusIndex = focus === null ? 0 : chatIds.indexOf(focus.id)
  const activeIndex = focusIndex >= 0 ? focusIndex : Math.min(focus?.index ?? 0, chatIds.length - 1)

  const newestIds = useRef(chatIds)
  useEffect(() => {
    newestIds.current = chatIds
  })
  const setFocusId = useCallback(
    (id: ChatId): void => setFocus({ id, index: newestIds.current.indexOf(id) }),
    [],
  )

  const scrollMargin = header === null ? 0 : HEADER_HEIGHT_PX
  const virtualizer = useVirtualizer({
    count: chatIds.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_HEIGHT_PX + headingAbove(index),
    getItemKey: (index) => chatIds[index] ?? index,
    scrollMargin,
    // The first render has rows already: nearly as many as the window is high.
    initialRect: { width: 0, height: window.innerHeight },
    observeElementRect: observeRect,
    // Revealing the first row also reveals the header.
    scrollPaddingStart: scrollMargin,
    overscan: 6,
    // The row in the tab order stays mounted at every scroll position.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex])]
        .filter((index) => index < chatIds.length)
        .toSorted((a, b) => a - b),
  })

  const onKeyDown = useRowFocus({
    ids: chatIds,
    activeIndex,
    setFocusId,
    list: scroller,
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
    const chatId = chatIdOf(target)
    setMenuChatId(chatId)
    return chatId !== null
  }

  const items = virtualizer.getVirtualItems()
  const offsetOf = (item: VirtualItem): CSSProperties => ({
    transform: `translateY(${item.start - scrollMargin}px)`,
  })
  return (
    <ContextMenu
      area={
        <div ref={scroller} data-scroller className={clsx(styles['scroller'], scrollerStyles['scroller'])} />
      }
      entries={entries}
      onOpen={onMenuOpen}
    >
      {header}
      <div className={styles['list']}>
        {sections.map(({ label, chatIds: ids }, section) => {
          const start = starts[section] ?? 0
          const heading = items.find(({ index }) => withHeadings && index === start)
          return (
            <Fragment key={label}>
              {heading !== undefined && (
                <h3 className={styles['heading']} style={offsetOf(heading)}>
                  {label}
                </h3>
              )}
              <div
                role="list"
                aria-label={label}
                style={{ height: ids.length * ROW_HEIGHT_PX + headingAbove(start) }}
              >
                {items.map((item) => {
                  const chatId = ids[item.index - start]
                  return (
                    chatId !== undefined && (
                      <div
                        key={item.key}
                        role="listitem"
                        aria-posinset={item.index - start + 1}
                        aria-setsize={ids.length}
                        className={styles['item']}
                        style={{ ...offsetOf(item), paddingBlockStart: headingAbove(item.index) }}
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
            </Fragment>
          )
        })}
      </div>
    </ContextMenu>
  )
}
