import { z } from 'zod'
import { inlinePictureSchema } from '../domain/inline-picture.ts'
import { cutText } from './cut-text.ts'

/* The preview of a link in a text. The sender's app makes it, so that readers load nothing from the web. */

/** Longest fields, in UTF-16 code units. The rules have the same limits. */
export const LINK_LIMITS = { url: 2048, title: 120, description: 240, image: 6000 } as const

const urlSchema = z
  .string()
  .max(LINK_LIMITS.url)
  .regex(/^https?:\/\/[!-~]+$/)
const imageSchema = inlinePictureSchema(LINK_LIMITS.image)

/** `url` is one of the addresses in the text, as the text's link opens it. Readers show the preview only then (`shownLink`). */
export const linkPreviewSchema = z.strictObject({
  url: urlSchema,
  title: z.string().min(1).max(LINK_LIMITS.title),
  /** Empty: the page has none. */
  description: z.string().max(LINK_LIMITS.description),
  image: imageSchema.nullable(),
})
export type LinkPreview = z.infer<typeof linkPreviewSchema>

/** The same from the wire: long texts are cut, and a picture that cannot be read is left out. */
export const linkPreviewReader = z.object({
  url: urlSchema,
  title: z.string().min(1).pipe(cutText(LINK_LIMITS.title)),
  description: cutText(LINK_LIMITS.description),
  image: imageSchema.nullable().catch(null),
})
