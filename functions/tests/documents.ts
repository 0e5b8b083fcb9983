import { randomBytes } from 'node:crypto'
import { MUTED_FOREVER } from '../../src/shared/domain/chat.ts'
import { newGroupId, newMessageId, userIdSchema, type UserId } from '../../src/shared/domain/ids.ts'
import {
  writeDocuments,
  type DocumentWrite,
  type FieldValue,
  type Fields,
} from '../../scripts/lib/emulator-rest.ts'
import { backend } from './admin.ts'

export const hex = (): string => randomBytes(16).toString('hex')
export const newUserId = (): UserId => userIdSchema.parse(`u${hex()}`)
export { MUTED_FOREVER, newGroupId, newMessageId }

const at = new Date()

/** Writes documents with the fields that the functions read. */
export const write = (...documents: DocumentWrite[]): Promise<void> => writeDocuments(backend, documents)

export function chat(id: string, memberIds: readonly UserId[]): DocumentWrite {
  const kind = id.includes('_') ? 'direct' : 'group'
  return { path: `chats/${id}`, fields: { kind, memberIds: [...memberIds], updatedAt: at } }
}

export function device(userId: UserId, token: string, id = hex()): DocumentWrite {
  return { path: `users/${userId}/devices/${id}`, fields: { token, platform: 'linux', updatedAt: at } }
}

export function block(userId: UserId, other: UserId, blocked = true): DocumentWrite {
  return { path: `users/${userId}/blocked/${other}`, fields: { blocked, updatedAt: at } }
}

/** A person's state of a chat, as an older version writes it unless `changes` has more. */
export function state(userId: UserId, chatId: string, changes: Fields): DocumentWrite {
  const flags = { pinned: false, archived: false, markedUnread: false, mutedUntil: null }
  return {
    path: `users/${userId}/chats/${chatId}`,
    fields: { readCount: 0, readAt: null, ...flags, updatedAt: at, ...changes },
  }
}

export function message(senderId: UserId, body: FieldValue): Fields {
  return { senderId, sentAt: at, updatedAt: at, seq: 0, body, editedAt: null, deletedAt: null }
}
export const text = (words: string): Fields => ({ kind: 'text', text: words })
