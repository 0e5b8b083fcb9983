import { z } from 'zod'
import type { WireChat } from '../../src/shared/domain/chat.ts'
import type { UserId } from '../../src/shared/domain/ids.ts'
import type { RawBody } from '../../src/shared/messages/body.ts'
import type { WireMessage } from '../../src/shared/messages/envelope.ts'
import type { Fields } from './emulator-rest.ts'

/* Documents in the format of the app (docs/WIRE.md), for scripts that write to the local backend directly. */

export function messageFields(message: WireMessage): Fields {
  const { senderId, sentAt, updatedAt, seq, body, editedAt, deletedAt } = message
  return {
    senderId,
    sentAt: new Date(sentAt),
    updatedAt: new Date(updatedAt),
    seq,
    body: body === null ? null : fieldsOf(body),
    editedAt: editedAt === null ? null : new Date(editedAt),
    deletedAt: deletedAt === null ? null : new Date(deletedAt),
  }
}

export function chatFields(
  { kind, memberIds, title, group, last, messageCount, revision, changed, createdAt, updatedAt }: WireChat,
  createdBy: UserId | null,
): Fields {
  return {
    kind,
    memberIds,
    createdAt: new Date(createdAt),
    createdBy,
    messageCount,
    revision,
    changed,
    ...(group === null ? {} : { title, ...group }),
    last: last === null ? null : { id: last.id, ...messageFields(last) },
    updatedAt: new Date(updatedAt),
  }
}

function fieldsOf(body: RawBody): Fields {
  return z.record(z.string(), z.json()).parse(JSON.parse(body))
}
