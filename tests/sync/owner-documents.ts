import type { DocumentWrite, Fields } from '../../scripts/lib/emulator-rest.ts'
import { directChatId, userIdSchema, type UserId } from '#shared/domain/ids.ts'

/* Documents that tests write with the owner's token. Such writes bypass the rules. Clients must handle any document. */

export function stranger(index: number): UserId {
  return userIdSchema.parse(`stranger${String(index).padStart(6, '0')}`)
}

export function messageId(index: number): string {
  return `message-${String(index).padStart(12, '0')}`
}

export interface ChatDocuments {
  me: UserId
  peer: UserId
  /** Oldest first. The peer sends one per second, the last one at `until`. */
  texts: readonly string[]
  until: Date
}

/** Returns a chat and its messages as the app writes them. The chat is last. */
export function chatDocuments({ me, peer, texts, until }: ChatDocuments): DocumentWrite[] {
  const chatId = directChatId(me, peer)
  const timeOf = (index: number): Date => new Date(until.getTime() - (texts.length - 1 - index) * 1000)
  const newest = texts.length - 1
  const messages = texts.map((text, index) => ({
    path: `chats/${chatId}/messages/${messageId(index)}`,
    fields: messageFields(peer, timeOf(index), { body: { kind: 'text', text }, seq: index }),
  }))
  const last = { id: messageId(newest), ...messages[newest]?.fields }
  return [
    ...messages,
    {
      path: `chats/${chatId}`,
      fields: chatFields(me, peer, {
        last,
        changed: last.id,
        messageCount: texts.length,
        revision: texts.length,
        updatedAt: until,
      }),
    },
  ]
}

export function messageFields(senderId: UserId, at: Date, fields: Fields): Fields {
  return { senderId, sentAt: at, updatedAt: at, seq: 0, editedAt: null, deletedAt: null, ...fields }
}

export function chatFields(me: UserId, peer: UserId, fields: Fields): Fields {
  const now = new Date()
  const memberIds = [me, peer].sort()
  return {
    kind: 'direct',
    memberIds,
    revision: 1,
    changed: messageId(0),
    createdAt: now,
    createdBy: peer,
    updatedAt: now,
    ...fields,
  }
}
