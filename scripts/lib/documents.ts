import { z } from 'zod'
import type { WireChat, WireLast } from '../../src/shared/domain/chat.ts'
import type { UserId } from '../../src/shared/domain/ids.ts'
import { previewOf, readBody, type RawBody } from '../../src/shared/messages/body.ts'
import type { WireMessage } from '../../src/shared/messages/envelope.ts'
import type { Fields } from './emulator-rest.ts'

/* Documents in the format of the app (docs/WIRE.md), for scripts that write to the local backend directly. */

export function messageFields({ senderId, sentAt, updatedAt, seq, body, deletedAt }: WireMessage): Fields {
  return {
    senderId,
    sentAt: new Date(sentAt),
    updatedAt: new Date(updatedAt),
    seq,
    body: body === null ? null : fieldsOf(body),
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
    last: last === null ? null : summaryOf(last),
    updatedAt: new Date(updatedAt),
  }
}

function fieldsOf(body: RawBody): Fields {
  return z.record(z.string(), z.string()).parse(JSON.parse(body))
}

function summaryOf({ id, senderId, sentAt, body: raw }: WireLast): Fields {
  const body = raw === null ? null : readBody(raw)
  const kind = body === null ? 'deleted' : body.kind
  return { id, senderId, kind, preview: body === null ? '' : previewOf(body), sentAt: new Date(sentAt) }
}
