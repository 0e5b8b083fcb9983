import { useEffect, useMemo } from 'react'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import {
  addedAt,
  deliveryState,
  hasReceipts,
  progressOf,
  receiptMembers,
  watermarksOf,
  type DeliveryState,
} from '#shared/domain/receipts.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

interface ReceiptsOptions {
  chatId: ChatId
  me: UserId
  messages: readonly Message[]
  /** Whether the newest message is in view. */
  atEnd: boolean
  /** Whether the person looks at the receipts of some message. */
  infoOpen: boolean
}

interface Receipts {
  deliveryOf: (message: Message) => Exclude<DeliveryState, 'saving'>
  /** The members whose receipts a message waits for; empty in a chat without any. */
  membersFor: (message: Message) => UserId[]
  /** Whether the receipts of a message can be listed: an own one in a group that is not too large. */
  hasInfo: (message: Message) => boolean
  /** How many members of a group have read the newest message; null unless it is an own one that somebody has read. */
  readBy: number | null
}

/** The receipts of the messages of the open chat. In a group it also follows them, and who is typing. */
export function useReceipts({ chatId, me, messages, atEnd, infoOpen }: ReceiptsOptions): Receipts {
  const activities = useAppStore((state) => state.activities.get(chatId))
  const chat = useAppStore((state) => state.chats.get(chatId))
  const members = useAppStore(({ chats, people }) => {
    const open = chats.get(chatId)
    return open === undefined ? [] : receiptMembers(open, people, me)
  })
  const others = useMemo(() => watermarksOf(members, activities ?? []), [members, activities])
  const added = useMemo(() => addedAt(messages), [messages])
  const othersFor = ({ sentAt }: Message): typeof others =>
    added.size === 0
      ? others
      : others.filter(({ userId }) => (added.get(userId) ?? 0) <= (sentAt ?? Infinity))
  const deliveryOf: Receipts['deliveryOf'] = (message) => deliveryState(message, othersFor(message))

  const isMember = chat?.kind === 'group' && !chat.former
  const hasInfo = (message: Message): boolean =>
    isMember && members.length > 0 && message.senderId === me && isSentBody(message)
  const newest = messages.at(-1)
  const ownNewest = newest !== undefined && hasInfo(newest) ? newest : null
  const isAwaited = ownNewest !== null && deliveryOf(ownNewest) !== 'read'
  useFollowedMembers(chatId, infoOpen || (atEnd && isAwaited) ? 'receipts' : 'typing')

  const readers =
    ownNewest === null
      ? 0
      : othersFor(ownNewest).filter((other) => progressOf(ownNewest.sentAt ?? Infinity, other) === 'read')
          .length
  return {
    deliveryOf,
    membersFor: (message) => othersFor(message).map(({ userId }) => userId),
    hasInfo,
    readBy: readers === 0 ? null : readers,
  }
}

/** A message that can have receipts: the server has it, and it is neither deleted nor an event. */
function isSentBody({ delivery, sentAt, body }: Message): boolean {
  return delivery === 'sent' && sentAt !== null && body !== null && body.kind !== 'event'
}

/** Follows the members of an open group while the window has the focus. */
function useFollowedMembers(chatId: ChatId, part: 'typing' | 'receipts'): void {
  const { conversation } = useServices()
  const isFollowed = useAppStore(({ chats, windowFocused }) => {
    const chat = chats.get(chatId)
    if (chat?.kind !== 'group' || !chat.onWire || chat.former || !windowFocused) return false
    return hasReceipts(chat) && chat.memberIds.length > 1
  })
  useEffect(
    () => (isFollowed ? conversation.followMembers(chatId, part) : undefined),
    [conversation, chatId, isFollowed, part],
  )
}
