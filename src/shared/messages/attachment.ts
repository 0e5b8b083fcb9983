import { z } from 'zod'

/** Largest file that a message can carry, in bytes. The rules have the same limit. */
export const ATTACHMENT_LIMIT = 100 * 1024 * 1024
/** Longest side of a picture, in pixels. */
const MAX_SIDE = 65_535

/** 32 random hexadecimal digits: the last part of the object's path in Storage, `chats/{chatId}/{object}`. */
export const objectIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'ObjectId'>()
export type ObjectId = z.infer<typeof objectIdSchema>

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>()
export type Sha256 = z.infer<typeof sha256Schema>

export const mimeSchema = z
  .string()
  .max(100)
  .regex(/^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/)

const SAFE_TYPE =
  /^(?:image\/(avif|gif|heic|heif|jpeg|png|webp)|(audio|video)\/[a-z0-9][a-z0-9.+-]{0,90}|text\/plain|application\/(octet-stream|pdf))$/

/**
 * The content type that an object is uploaded with. The rules allow no type that a browser would run, so all others are uploaded as
 * bytes. Readers use the type in the message.
 */
export function storedTypeOf(mime: string): string {
  return SAFE_TYPE.test(mime) ? mime : 'application/octet-stream'
}

/**
 * The file of a message. A body never contains a download URL: who may read the object is checked at each read. What is received is
 * compared with `size` and `sha256` before it is shown.
 */
export const attachmentSchema = z.strictObject({
  object: objectIdSchema,
  size: z.number().int().min(1).max(ATTACHMENT_LIMIT),
  sha256: sha256Schema,
  mime: mimeSchema,
  /** Reserved for encryption. */
  enc: z.null(),
})
export type Attachment = z.infer<typeof attachmentSchema>

/** The same from the wire: fields of newer versions are ignored. */
export const attachmentReader = z.object(attachmentSchema.shape)

export function newObjectId(): ObjectId {
  return objectIdSchema.parse(crypto.randomUUID().replaceAll('-', ''))
}

/** Width or height, in pixels. */
export const sideSchema = z.number().int().min(1).max(MAX_SIDE)

/** Milliseconds, up to a day. */
export const durationSchema = z.number().int().min(0).max(86_400_000)

/** A small blurred picture of at most 33 bytes in base64 (thumbhash), shown until the file is here. Empty: none. */
export const thumbhashSchema = z
  .string()
  .max(44)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** Photos and videos that were sent together have the same id, and are shown as a grid. */
export const albumIdSchema = z.string().regex(/^[0-9a-f]{32}$/)
