import { z } from 'zod'
import { variants } from '../variants.ts'
import { block } from './block.ts'
import { chatState } from './chat-state.ts'
import { contact } from './contact.ts'
import { deleteMessage } from './delete-message.ts'
import { deleteObject } from './delete-object.ts'
import { groupReceipt } from './group-receipt.ts'
import type { IntentDefinition, IntentRow, StoredIntent } from './intent.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'
import { receipt } from './receipt.ts'
import { send } from './send.ts'
import { upload } from './upload.ts'

/** The registry of intents. A new intent is one new file and one line here; the compiler then reports what is missing. */
const intents = {
  send,
  upload,
  deleteMessage,
  deleteObject,
  chatState,
  receipt,
  groupReceipt,
  contact,
  block,
  profile,
  privacy,
  photo,
}

export type IntentKind = keyof typeof intents
type PayloadByKind = { [K in IntentKind]: z.infer<(typeof intents)[K]['payload']> }
export type IntentPayload<K extends IntentKind> = PayloadByKind[K]

/** Kinds whose payload is stored in the outbox row. */
export type StoredKind = {
  [K in IntentKind]: (typeof intents)[K]['source'] extends 'outbox' ? K : never
}[IntentKind]
/** Kinds whose payload is loaded from the replica. */
export type LoadedKind = Exclude<IntentKind, StoredKind>

/** The same registry, typed by kind. A definition whose `kind` differs from its key does not compile. */
const definitions: { readonly [K in IntentKind]: IntentDefinition<PayloadByKind[K]> & { kind: K } } = intents
const storedDefinitions: { readonly [K in StoredKind]: StoredIntent<K, PayloadByKind[K]> } = intents

export const intentKinds = Object.keys(definitions).filter(isIntentKind)
export const intentKindSchema = z.enum(intentKinds)

export function isIntentKind(name: string): name is IntentKind {
  return Object.hasOwn(definitions, name)
}

export function definitionOf<K extends IntentKind>(kind: K): IntentDefinition<PayloadByKind[K]> {
  return definitions[kind]
}

export function isStoredKind(kind: IntentKind): kind is StoredKind {
  return intents[kind].source === 'outbox'
}

export function storedDefinitionOf<K extends StoredKind>(kind: K): StoredIntent<K, PayloadByKind[K]> {
  return storedDefinitions[kind]
}

/** One thing the person did that still has to be written to the wire. */
export const intentSchema = variants('kind', intents, 'intent')
export type Intent<K extends IntentKind = IntentKind> = { [I in K]: IntentRow<I, PayloadByKind[I]> }[K]

/** A stored intent as the page passes it to the outbox. */
export const intentRequestSchema = variants('kind', intents, 'request')
export type IntentRequest<K extends StoredKind = StoredKind> = {
  [I in K]: { kind: I; payload: PayloadByKind[I] }
}[K]
