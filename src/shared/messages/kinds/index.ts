import type { z } from 'zod'
import { event } from './event.ts'
import { file } from './file.ts'
import type { KindDefinition } from './kind.ts'
import { photo } from './photo.ts'
import { text } from './text.ts'
import { video } from './video.ts'
import { voice } from './voice.ts'

/** The registry of message kinds. A new kind is one new file and one line here; the compiler then reports what is missing. */
const kinds = { text, event, photo, video, voice, file }

/** The kinds that this version writes and reads. */
export type MessageKind = keyof typeof kinds
type BodyByKind = { [K in MessageKind]: z.infer<(typeof kinds)[K]['schema']> }
export type BodyOf<K extends MessageKind> = BodyByKind[K]
/** The body of any kind that this version knows. */
export type KnownBody = BodyOf<MessageKind>

/** The same registry, typed so that a kind's functions accept that kind's body. A body whose `kind` differs from its key does not compile. */
const definitions: { readonly [K in MessageKind]: KindDefinition<BodyByKind[K] & { kind: K }> } = kinds

export const kindNames = Object.keys(definitions).filter(isMessageKind)

/** Own properties only: a body of kind `constructor` is not a known one. */
export function isMessageKind(name: string): name is MessageKind {
  return Object.hasOwn(definitions, name)
}

export function definitionOf<K extends MessageKind>(kind: K): KindDefinition<BodyByKind[K]> {
  return definitions[kind]
}
