import { z } from 'zod'
import type { UserId } from '../domain/ids.ts'
import type { Attachment, ObjectId } from './attachment.ts'
import { cutText } from './cut-text.ts'
import { definitionOf, isMessageKind, kindNames, type KnownBody } from './kinds/index.ts'
import type { Description } from './kinds/kind.ts'
import { EVERYONE, type Mention, type MentionName } from './mentions.ts'

/** A body that this version cannot read: a newer version wrote it, or it is malformed. `of` is its kind on the wire. */
const unknownBodySchema = z.strictObject({ kind: z.literal('unknown'), of: z.string().max(32) })

/** A body as this version writes it. */
export const knownBodySchema: z.ZodType<KnownBody> = z.union(
  kindNames.map((kind): z.ZodType<KnownBody> => definitionOf(kind).schema),
)

/** The content of a message. It is shown, never dropped, even when it is unknown. */
export const bodySchema = z.union([knownBodySchema, unknownBodySchema])
export type MessageBody = z.infer<typeof bodySchema>

/**
 * A body as JSON text, exactly as the wire delivered it. The replica stores it in this form and parses it on every read, so a
 * kind that is unknown today is readable after an update, without a migration.
 */
export const rawBodySchema = z.string().max(262_144).brand<'RawBody'>()
export type RawBody = z.infer<typeof rawBodySchema>

const anyBodySchema = z.object({ kind: cutText(32) })

/** Never throws. If the body is too large, keeps only the part that this version reads, or only its kind if it reads none. */
export function toRawBody(body: unknown): RawBody {
  const whole = rawBodySchema.safeParse(JSON.stringify(body) ?? 'null')
  return whole.success ? whole.data : rawBodySchema.parse(JSON.stringify(readablePart(body)))
}

/** Never throws, for any text. */
export function readBody(raw: RawBody): MessageBody {
  const body = parseJson(raw)
  return readKnown(body) ?? { kind: 'unknown', of: wireKindOf(body) }
}

/** Whether this is a change of a group. `messageCount` does not count it, and nobody is notified of it. */
export function isEvent(raw: RawBody | null): boolean {
  return raw !== null && raw.includes('"event"') && readBody(raw).kind === 'event'
}

/** Whether this event makes the person a member of the group. What was written before it is not new to them. */
export function makesMember(raw: RawBody | null, userId: UserId): boolean {
  const body = raw !== null && isEvent(raw) ? readBody(raw) : null
  if (body?.kind !== 'event') return false
  return (body.event === 'added' || body.event === 'admitted') && body.uids.includes(userId)
}

/** Whether the sender is no longer a member of the group after this event. */
export function endsMembership(body: MessageBody | null): boolean {
  return body?.kind === 'event' && (body.event === 'left' || body.event === 'deleted')
}

function readKnown(body: unknown): KnownBody | undefined {
  const kind = wireKindOf(body)
  return isMessageKind(kind) ? definitionOf(kind).reader.safeParse(body).data : undefined
}

function readablePart(body: unknown): object {
  return readKnown(body) ?? { kind: wireKindOf(body) }
}

/** Returns the kind of a body; empty when it has none. */
function wireKindOf(body: unknown): string {
  return anyBodySchema.safeParse(body).data?.kind ?? ''
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function describe(body: MessageBody): Description {
  return body.kind === 'unknown' ? { phrase: 'message.unknown' } : definitionOf(body.kind).describe(body)
}

/** Returns the body reduced to what the chat list shows. */
export function summarize(body: MessageBody): MessageBody {
  return body.kind === 'unknown' ? body : definitionOf(body.kind).summarize(body)
}

/** The file that the message carries; null: none, or the message is unknown or deleted. */
export function attachmentOf(body: MessageBody | null): Attachment | null {
  return body === null || body.kind === 'unknown' ? null : definitionOf(body.kind).attachment(body)
}

/** The same body, whose file is another object with the same bytes. A body without a file stays as it is. */
export function withObject(body: KnownBody, object: ObjectId): KnownBody {
  return 'file' in body ? { ...body, file: { ...body.file, object } } : body
}

/** The body to send to another chat; null: such a message is not forwarded. */
export function forwardedBody(body: MessageBody | null): KnownBody | null {
  return body === null || body.kind === 'unknown' ? null : definitionOf(body.kind).forward(body)
}

/** Who the message names, in the order of its text. */
export function mentionsOf(body: MessageBody | null): readonly Mention[] {
  return body === null || body.kind === 'unknown' ? [] : definitionOf(body.kind).mentions(body)
}

/** Whether the message names this person or everyone. */
export function isMentioned(body: MessageBody | null, userId: UserId): boolean {
  return mentionsOf(body).some(({ who }) => who === userId || who === EVERYONE)
}

/** Returns the body's text for this use (see KindDefinition). Null when it has none, or the message is unknown or deleted. */
export function textOf(use: 'searchText' | 'draftText', body: MessageBody | null): string | null {
  return body === null || body.kind === 'unknown' ? null : definitionOf(body.kind)[use](body)
}

export function copyTextOf(body: MessageBody | null, nameOf: MentionName): string | null {
  return body === null || body.kind === 'unknown' ? null : definitionOf(body.kind).copyText(body, nameOf)
}
