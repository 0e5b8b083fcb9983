import { z } from 'zod'
import { LINK_LIMITS, linkPreviewSchema } from '../messages/link-preview.ts'
import type { MethodMap } from './contract.ts'

/* Previews of links in what the person writes. Main alone talks to the web. */

/** Largest image of a page that is fetched, in bytes. */
export const IMAGE_LIMIT = 1024 * 1024

export const previewMethods = {
  /**
   * Loads the page and its image. Null: there is nothing to show. The image is as the server sent it, so it may be anything that
   * begins like a picture. Rejects with `refused` when the person has turned previews off, or there are too many requests.
   */
  'preview.fetch': {
    args: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(LINK_LIMITS.url) }),
    result: linkPreviewSchema
      .pick({ title: true, description: true })
      .extend({
        image: z
          .instanceof(Uint8Array)
          .refine((bytes) => bytes.byteLength <= IMAGE_LIMIT)
          .nullable(),
      })
      .nullable(),
  },
} as const satisfies MethodMap
