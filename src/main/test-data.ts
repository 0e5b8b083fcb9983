import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, directChatId, messageIdSchema, userIdSchema } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

/* Builders for the tests of this folder. */

export const me = userIdSchema.parse('me')

/** A direct chat with someone who wrote last; two of its three messages are unread. */
export function chatWith(peer: string, patch: Partial<Chat> = {}): Chat {
  const peerId = userIdSchema.parse(peer)
  const id = directChatId(me, peerId)
  return {
    id,
    kind: 'direct',
    memberIds: [me, peerId].sort(),
    title: null,
    last: {
      id: messageIdSchema.parse('m'.repeat(20)),
      senderId: peerId,
      kind: 'text',
      preview: 'hello',
      sentAt: 1000,
      delivery: 'sent',
    },
    messageCount: 3,
    createdAt: 1,
    updatedAt: 1000,
    onWire: true,
    state: {
      chatId: id,
      readCount: 1,
      readAt: 1,
      pinned: false,
      archived: false,
      mutedUntil: null,
      markedUnread: false,
    },
    draft: '',
    historyComplete: true,
    ...patch,
  }
}

export function groupNamed(title: string): Chat {
  const id = chatIdSchema.parse('group-1')
  return { ...chatWith('ada'), id, kind: 'group', title }
}

export function personNamed(id: string, patch: Partial<Person> = {}): Person {
  return {
    id: userIdSchema.parse(id),
    displayName: id.toUpperCase(),
    about: '',
    profileFetchedAt: 0,
    contactName: '',
    phone: null,
    blocked: false,
    ...patch,
  }
}
