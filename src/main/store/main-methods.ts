import { z } from 'zod'
import { none, type MethodMap } from '#shared/bridge/contract.ts'
import { storeMethods } from '#shared/bridge/index.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { placeSchema } from '#shared/domain/place.ts'
import { replicaCountsSchema } from './diagnostics-schema.ts'
import { objectIdSchema, sha256Schema } from '#shared/messages/attachment.ts'

const fileSchema = z.strictObject({ sha256: sha256Schema, size: z.number() })
const object = objectIdSchema
const sha256s = z.array(sha256Schema)

/** Methods of the store that only main calls. The page cannot: they are not in the bridge. */
export const mainMethods = {
  /** Adds a file whose bytes are in the media folder. Returns the files that are evicted for it: their bytes are to be deleted. */
  'files.add': { args: fileSchema.extend({ quota: z.number() }), result: sha256s },
  /** Removes the least recently used files until the others take no more than the quota. Returns those: their bytes are to be deleted. */
  'files.evict': { args: z.strictObject({ quota: z.number() }), result: sha256s },
  /** See `media.free`. Returns the files whose bytes are to be deleted, and their size. */
  'files.free': {
    args: z.strictObject({ chatId: chatIdSchema.nullable() }),
    result: z.strictObject({ sha256s, size: z.number() }),
  },
  /** Returns those that are in the media folder, in any order. */
  'files.find': { args: sha256s, result: z.array(fileSchema) },
  'files.all': { args: none, result: z.array(fileSchema) },
  /** Removes files whose bytes are gone. */
  'files.remove': { args: sha256s, result: none },
  /** The file was used just now. */
  'files.use': { args: sha256Schema, result: none },
  'files.keep': { args: z.strictObject({ sha256: sha256Schema, kept: z.boolean() }), result: none },
  /** The session in which the object is being uploaded; null: none. */
  'uploads.session': { args: object, result: z.string().nullable() },
  'uploads.setSession': {
    args: z.strictObject({ object, place: placeSchema, session: z.string().nullable() }),
    result: none,
  },
  /** Whether a chat has a draft, staged files or a recording. */
  'unsent.any': { args: none, result: z.boolean() },
  /** So many bytes of files were sent and received just now. */
  'traffic.add': { args: z.strictObject({ sent: z.number(), received: z.number() }), result: none },
  'diagnostics.counts': { args: none, result: replicaCountsSchema },
} as const satisfies MethodMap

const callable = { ...storeMethods, ...mainMethods } as const
type Callable = typeof callable

/** What main can call: the methods of the bridge that the store handles, and its own. */
export type CallMethod = keyof Callable
export type CallArgs<M extends CallMethod> = z.infer<Callable[M]['args']>
export type CallResult<M extends CallMethod> = z.infer<Callable[M]['result']>
