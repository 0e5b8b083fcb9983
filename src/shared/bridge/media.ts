import { z } from 'zod'
import { chatIdSchema } from '../domain/ids.ts'
import { placeSchema } from '../domain/place.ts'
import {
  ATTACHMENT_LIMIT,
  attachmentSchema,
  mimeSchema,
  objectIdSchema,
  sha256Schema,
} from '../messages/attachment.ts'
import { NAME_LIMIT } from '../messages/kinds/file.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/*
 * The bytes of files. Main keeps them in the account's media folder, one file per SHA-256, and alone talks to Storage. The page never
 * names a path: it sends bytes in, and names them by their SHA-256 from then on. It shows them by their URL (`mediaUrl`).
 */

/** Largest part of a file in one call, in bytes. */
export const PART_LIMIT = 1024 * 1024
/** How many files one call may ask for. */
export const HAS_LIMIT = 1000

const sizeSchema = z.number().int().min(1).max(ATTACHMENT_LIMIT)
const partSchema = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.byteLength >= 1 && bytes.byteLength <= PART_LIMIT)
/** A file that is being imported. Random, so that it cannot be guessed; it belongs to the account that began it. */
const handleSchema = z.uuid()
/** The Firebase id token of the account. Main sends it to Storage only, and keeps it only while the transfer runs. */
const tokenSchema = z
  .string()
  .max(8192)
  .regex(/^[A-Za-z0-9._~+/=-]+$/)
const sha256Args = z.strictObject({ sha256: sha256Schema })
const handleArgs = z.strictObject({ handle: handleSchema })
const namedArgs = z.strictObject({ sha256: sha256Schema, name: z.string().min(1).max(NAME_LIMIT) })

/**
 * `denied`: the server refuses the file. `lost`: its bytes are not on this machine any more. `offline`: try again later, with a
 * fresh token; what has arrived is kept. `stopped`: by `media.pause`.
 */
export const uploadOutcomeSchema = z.enum(['done', 'denied', 'lost', 'offline', 'stopped'])
export type UploadOutcome = z.infer<typeof uploadOutcomeSchema>

/**
 * `denied`: the server refuses, for example because this person is no longer a member. `gone`: the server has no such object.
 * `damaged`: its size or its SHA-256 is not what the message says, so it is not kept. `full`: no space on this machine's disk.
 */
export const downloadOutcomeSchema = z.enum([
  'done',
  'denied',
  'gone',
  'damaged',
  'offline',
  'full',
  'stopped',
])
export type DownloadOutcome = z.infer<typeof downloadOutcomeSchema>

/** `denied`: the server refuses, and always will. `offline`: try again later, with a fresh token. */
const deleteOutcomeSchema = z.enum(['done', 'denied', 'offline'])
export type DeleteOutcome = z.infer<typeof deleteOutcomeSchema>
/** Why a file that was dropped on the app's icon cannot be sent. `gone`: it was moved or deleted. `storage`: the disk failed. */
const openedProblemSchema = z.enum([
  'folder',
  'empty',
  'tooLarge',
  'tooMany',
  'gone',
  'unreadable',
  'full',
  'storage',
])
export type OpenedProblem = z.infer<typeof openedProblemSchema>
/** `size`: in bytes. */
const openedSchema = z.strictObject({
  name: z.string().min(1).max(NAME_LIMIT),
  size: z.number().int().nonnegative(),
})

/** `program`: it could run something, so it is saved or not at all. `busy`: another drag has just begun. */
const dragOutcomeSchema = z.enum(['done', 'missing', 'program', 'busy'])
export type DragOutcome = z.infer<typeof dragOutcomeSchema>

/** `missing`: the bytes are not on this machine. */
const exportOutcomeSchema = z.enum(['done', 'cancelled', 'missing'])
export type ExportOutcome = z.infer<typeof exportOutcomeSchema>

export const mediaMethods = {
  // --- bring bytes in
  /** Begins to import a file of exactly `size` bytes; null: not known yet, as of a recording. */
  'media.begin': {
    args: z.strictObject({ size: sizeSchema.nullable() }),
    result: z.strictObject({ handle: handleSchema }),
  },
  /** Adds the next bytes. One call at a time per handle. Rejects with `full` when the disk has no space left. */
  'media.append': { args: handleArgs.extend({ bytes: partSchema }), result: none },
  /** Ends an import. When this resolves, the bytes are on the disk. Rejects with `refused` when bytes are missing. */
  'media.finish': {
    args: handleArgs,
    result: z.strictObject({ sha256: sha256Schema, size: sizeSchema }),
  },
  /** Deletes an import that has not been finished. */
  'media.abort': { args: handleArgs, result: none },

  /** Copies the files that the person dropped on the app's icon or opened with the app, and returns them. The next call returns only newer ones. */
  'media.takeOpened': {
    args: none,
    result: z.array(
      z.union([
        openedSchema.extend({ sha256: sha256Schema }),
        openedSchema.extend({ problem: openedProblemSchema }),
      ]),
    ),
  },

  // --- what is on this machine
  /** Returns those that are here. */
  'media.has': {
    args: z.strictObject({ sha256s: z.array(sha256Schema).max(HAS_LIMIT) }),
    result: z.array(sha256Schema),
  },
  /** Keeps a file here, whatever the quota says, or no longer does. */
  'media.keep': { args: sha256Args.extend({ kept: z.boolean() }), result: none },

  /**
   * Deletes the files that can be downloaded again: those of one chat, or all (null) but the ones of groups that this person has left.
   * None that is kept, staged or being sent. Returns how many it deleted, and how many bytes they had.
   */
  'media.free': {
    args: z.strictObject({ chatId: chatIdSchema.nullable() }),
    result: z.strictObject({ files: z.number(), size: z.number() }),
  },

  // --- transfers
  /**
   * Uploads a file to `place`, and continues an earlier upload of this object. The outbox calls it. A second call for an object that
   * is being transferred gets the outcome of the first.
   */
  'media.upload': {
    args: z.strictObject({
      place: placeSchema,
      object: objectIdSchema,
      sha256: sha256Schema,
      mime: mimeSchema,
      token: tokenSchema,
    }),
    result: z.strictObject({ outcome: uploadOutcomeSchema }),
  },
  /**
   * Downloads an object, and keeps it if it is what the message says. Resolves at once when the file is here. `asked`: the person asked
   * for it, so the taskbar shows how far it is.
   */
  'media.download': {
    args: attachmentSchema
      .pick({ object: true, sha256: true, size: true })
      .extend({ place: placeSchema, token: tokenSchema, asked: z.boolean() }),
    result: z.strictObject({ outcome: downloadOutcomeSchema }),
  },
  /** Deletes an object from Storage. One that is not there counts as deleted. The outbox calls it. */
  'media.delete': {
    args: z.strictObject({ place: placeSchema, object: objectIdSchema, token: tokenSchema }),
    result: z.strictObject({ outcome: deleteOutcomeSchema }),
  },
  /** Stops the transfer of an object. What has been uploaded is kept on the server, and the next call continues there. */
  'media.pause': { args: z.strictObject({ object: objectIdSchema }), result: none },

  // --- take bytes out
  /** Asks where to save the file, and saves it, marked as downloaded. Asks again before it saves a program. */
  'media.saveAs': { args: namedArgs, result: exportOutcomeSchema },
  /** Shows where `media.saveAs` has saved the file last, in the system's file manager. False: not since the start, or it is not there any more. */
  'media.showSaved': { args: sha256Args, result: z.boolean() },
  /** Puts a picture on the clipboard. Rejects with `refused` when the bytes are no picture. */
  'media.copyImage': { args: sha256Args, result: exportOutcomeSchema },
  /** Opens the file in the system's program for it. Rejects with `refused` for a program. */
  'media.open': { args: namedArgs, result: exportOutcomeSchema },
  /** Lets the person drag a copy of the file out of the window. Call it when they begin to drag. */
  'media.dragOut': { args: namedArgs, result: z.strictObject({ outcome: dragOutcomeSchema }) },
} as const satisfies MethodMap

export const mediaEvents = {
  /** How many bytes of an object have been transferred, in either direction: at most five times a second per object. Not stored. */
  'media.progress': z.strictObject({
    object: objectIdSchema,
    done: z.number().int().nonnegative(),
    size: z.number().int().nonnegative(),
  }),
  /** Files that were deleted from this machine. */
  'media.removed': z.strictObject({ sha256s: z.array(sha256Schema) }),
} as const satisfies EventMap
