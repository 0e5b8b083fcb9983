import type { WireChat } from '../../src/shared/domain/chat.ts'
import type { UserId } from '../../src/shared/domain/ids.ts'
import type { WireMessage } from '../../src/shared/domain/message.ts'
import type { Fields } from './emulator-rest.ts'

/* Documents in the format of the app (docs/WIRE.md), for scripts that write to the local backend directly. */

export function messageFields({ senderId, sentAt, updatedAt, seq, body, deletedAt }: WireMessage): Fields {
  return {
    senderId,
    sentAt: new Date(sentAt),
    updatedAt: new Date(updatedAt),
    seq,
    body,
    deletedAt: deletedAt === null ? null : new Date(deletedAt),
  }
}

export function chatFields(
  { kind, memberIds, title, last, messageCount, createdAt, updatedAt }: WireChat,
  createdBy: UserId | null,
): Fields {
  return {
    kind,
    memberIds,
    title,
    createdAt: new Date(createdAt),
    createdBy,
    messageCount,
    last: last === null ? null : { ...last, sentAt: new Date(last.sentAt) },
    updatedAt: new Date(updatedAt),
  }
}
