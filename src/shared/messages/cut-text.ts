import { z } from 'zod'

/** Accepts any string and cuts it to `limit` UTF-16 code units, never inside a surrogate pair. */
export function cutText(limit: number): z.ZodType<string, string> {
  return z
    .string()
    .transform((text) =>
      text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, ''),
    )
}
