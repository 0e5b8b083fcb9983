import { z } from 'zod'
import { chatIdSchema, messageIdSchema } from '../domain/ids.ts'
import { messageSchema } from '../messages/envelope.ts'
import { none, type MethodMap } from './contract.ts'

/*
 * Voice notes. A recording is stored in the replica while it runs, in parts, so that a crash loses no more than its last second. There
 * is at most one recording per chat. It stays until it is sent or deleted, like a draft.
 */

/** Longest voice note, in ms. */
export const LONGEST_MS = 60 * 60_000
/** Largest part, in bytes. A second of speech has about 4 kB. */
const PART_LIMIT = 256 * 1024
/** Largest number of levels in a part: those of a minute. */
const LEVELS_LIMIT = 600

const chatArgs = z.strictObject({ chatId: chatIdSchema })
const messageArgs = chatArgs.extend({ id: messageIdSchema })

/** See wave.ts. */
export const levelsSchema = z.string().regex(/^[0-9a-f]*$/)

export const recordingSchema = z.strictObject({ chatId: chatIdSchema, levels: levelsSchema })
export type Recording = z.infer<typeof recordingSchema>

export const voiceMethods = {
  /** Adds the next part to the recording of a chat. Part 0 begins a new recording and deletes the one before. */
  'voice.append': {
    args: chatArgs.extend({
      part: z.number().int().min(0).max(100_000),
      bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= PART_LIMIT),
      levels: levelsSchema.max(LEVELS_LIMIT),
    }),
    result: none,
  },
  /** The recordings that are neither sent nor deleted, without their sound. */
  'voice.recordings': { args: none, result: z.array(recordingSchema) },
  /** The sound of a chat's recording, WebM; empty when there is none. */
  'voice.read': { args: chatArgs, result: z.instanceof(Uint8Array) },
  'voice.remove': { args: chatArgs, result: none },

  /** The person has listened to a voice note of someone else. */
  'voice.markHeard': { args: messageArgs, result: none },
  /** The first voice note of someone else after this message that this person has not listened to; null: there is none. */
  'voice.nextUnheard': { args: messageArgs, result: messageSchema.nullable() },
} as const satisfies MethodMap
