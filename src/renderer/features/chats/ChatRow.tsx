import BellOff from 'lucide-react/icons/bell-off'
import Pin from 'lucide-react/icons/pin'
import { memo, useMemo, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import {
  hasUnreadMention,
  isMuted,
  isUnread,
  localSentAt,
  peerOf,
  unreadCount,
  type Chat,
} from '#shared/domain/chat.ts'
import { chatTitle, displayLine, personTitle } from '#shared/domain/display-text.ts'
import { listTime } from '#shared/domain/display-time.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { describeBody } from '#shared/messages/describe-body.ts'
import { fromMarkedText, mentionNames } from '#shared/messages/mentions.ts'
import { PREVIEW_LIMIT } from '#shared/messages/kinds/text.ts'
import { deliveryState, receiptMembers, watermarksOf, type Activity } from '#shared/domain/receipts.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useTypists } from '../../services/receipts/use-typists.ts'
import type { AppState } from '../../stores/app-store.ts'
import { latest } from '../../stores/latest.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useChatPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { DeliveryIcon } from '../../ui/DeliveryIcon.tsx'
import { useReadableTitle } from '../../ui/phone/use-readable-title.ts'
import { useNow } from '../../ui/use-now.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { nameOfChat, typingText } from '../../ui/wording.ts'
import styles from './ChatRow.module.css'
import { MentionBadge, UnreadBadge, UnreadDot } from './UnreadBadge.tsx'

const noActivities: readonly Activity[] = []

interface ChatRowProps {
  chatId: ChatId
  me: UserId
  /** Whether the row is in the tab order: exactly one is. */
  active: boolean
  onOpen: (chatId: ChatId) => void
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: (chatId: ChatId) => void
}

/** One chat of the list. It reads only its own part of the store, so that a change renders only this row. */
export const ChatRow = memo(function ChatRow({
  chatId,
  me,
  active,
  onOpen,
  onKeyDown,
  onFocus,
}: ChatRowProps) {
  const { t, i18n } = useTranslation()
  const chat = useAppStore((state) => state.chats.get(chatId))
  const title = useAppStore((state) => (chat === undefined ? '' : chatTitle(chat, state.people, me)))
  const readableTitle = useReadableTitle(title)
  const picture = useChatPicture(chatId, me)
  const open = useAppStore((state) => state.navigation.openChatId === chatId)
  const typists = useTypists(chatId, me)
  const clockOffset = useAppStore((state) => state.clockOffset)
  const now = useNow(...typists.map(({ until }) => until))
  const view = usePresence(chat && peerOf(chat, me), now)
  const presence = view.kind === 'online' || view.kind === 'away' ? view.kind : undefined
  if (chat === undefined) return null

  const name = nameOfChat(t, { kind: chat.kind, title: readableTitle })
  const unread = isUnread(chat, me)
  const sentAt = chat.last && localSentAt(chat.last, { now, clockOffset })
  const typing = typingText(t, chat.kind, typists, now)
  return (
    <button
      type="button"
      data-chat-id={chatId}
      data-row-id={chatId}
      data-unread={(unread && !isMuted(chat, now)) || undefined}
      aria-current={open || undefined}
      tabIndex={active ? 0 : -1}
      className={styles['row']}
      onClick={() => onOpen(chatId)}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(chatId)}
    >
      <Avatar id={peerOf(chat, me) ?? chatId} name={title} picture={picture} presence={presence} />
      <span className={styles['texts']}>
        <span className={styles['line']}>
          <bdi className={styles['name']}>{name}</bdi>
          {presence !== undefined && <VisuallyHidden>{t(`chats.${presence}`)}</VisuallyHidden>}
          {isMuted(chat, now) && (
            <BellOff
              className={styles['icon']}
              size={14}
              role="img"
              aria-hidden={false}
              aria-label={t('chats.muted')}
            />
          )}
          {sentAt !== null && (
            <time className={styles['time']} dateTime={new Date(sentAt).toISOString()}>
              {listTime(sentAt, { now, locale: i18n.language })}
            </time>
          )}
        </span>
        <span className={styles['line']}>
          <span className={styles['preview']}>
            <Preview chat={chat} me={me} open={open} typing={typing} />
          </span>
          <Icons chat={chat} me={me} muted={isMuted(chat, now)} />
        </span>
      </span>
    </button>
  )
})

interface PreviewProps {
  chat: Chat
  me: UserId
  open: boolean
  typing: string | null
}

function Preview({ chat, me, open, typing }: PreviewProps) {
  const { t } = useTranslation()
  const draft = open ? '' : displayLine(fromMarkedText(chat.draft).text, PREVIEW_LIMIT)
  if (typing !== null) return <span className={styles['accent']}>{typing}</span>
  const staged = open ? 0 : chat.staged.length
  if (draft !== '' || staged > 0) {
    return (
      <>
        <span className={styles['draft']}>{t('chats.draft')}</span>{' '}
        <bdi>{draft || t('attach.files', { count: staged })}</bdi>
      </>
    )
  }
  if (chat.last === null) return t('chats.noMessages')
  return <LastMessage chat={chat} last={chat.last} me={me} />
}

interface LastMessageProps {
  chat: Chat
  last: NonNullable<Chat['last']>
  me: UserId
}

function LastMessage({ chat, last, me }: LastMessageProps) {
  const { t } = useTranslation()
  const own = last.senderId === me
  const isEvent = last.body?.kind === 'event'
  const ownName = useAppStore(({ account }) => account?.profile?.displayName ?? '')
  const describe = useMemo(
    () =>
      latest((people: AppState['people']) => {
        // A blocked person in a common group.
        const isHidden = chat.kind === 'group' && !isEvent && people.get(last.senderId)?.blocked === true
        const titleOf = (id: UserId): string => personTitle(people.get(id)) || t('app.unknownPerson')
        const name = titleOf(last.senderId)
        const nameOf = (id: UserId): string | null => (id === me ? null : titleOf(id))
        const known = (id: UserId): string => (id === me ? ownName : '') || titleOf(id)
        const mentionName = mentionNames(chat, known, t('mention.everyone'))
        return { isHidden, name, ...describeBody(t, last.body, { own, name, nameOf, mentionName }) }
      }),
    [chat, last, me, own, isEvent, ownName, t],
  )
  const { isHidden, name, text, isQuote } = useAppStore(({ people }) => describe(people))
  if (isHidden) return <i>{t('message.blocked')}</i>
  return (
    <>
      {chat.kind === 'group' && !own && !isEvent && (
        <span>
          <bdi>{name}</bdi>:{' '}
        </span>
      )}
      {own && last.body !== null && !isEvent && <OwnTick chat={chat} last={last} me={me} />}
      {isQuote ? <bdi className={styles['text']}>{text}</bdi> : <i>{text}</i>}
    </>
  )
}

function OwnTick({ chat, last, me }: LastMessageProps) {
  const { t } = useTranslation()
  const stateOf = useMemo(
    () =>
      latest((people: AppState['people'], activities: readonly Activity[]) =>
        deliveryState(last, watermarksOf(receiptMembers(chat, people, me), activities)),
      ),
    [chat, last, me],
  )
  const state = useAppStore(({ activities, people }) =>
    stateOf(people, activities.get(chat.id) ?? noActivities),
  )
  return <DeliveryIcon state={state} label={t(`chats.delivery.${state}`)} />
}

function Icons({ chat, me, muted }: { chat: Chat; me: UserId; muted: boolean }) {
  const { t } = useTranslation()
  const unread = unreadCount(chat, me)
  return (
    <>
      {chat.state.pinned && (
        <Pin
          className={styles['icon']}
          size={14}
          role="img"
          aria-hidden={false}
          aria-label={t('chats.pinned')}
        />
      )}
      {hasUnreadMention(chat, me) && <MentionBadge />}
      <UnreadBadge count={unread} quiet={muted} />
      {unread === 0 && chat.state.markedUnread && <UnreadDot quiet={muted} />}
    </>
  )
}
