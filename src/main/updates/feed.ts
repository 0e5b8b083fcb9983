import { z } from 'zod'
import { displayText } from '#shared/domain/display-text.ts'
import { UpdateError } from './update-error.ts'
import { verifiedFeed } from './signature.ts'

/** A feed is a few hundred bytes and the release notes. */
export const MAX_FEED_BYTES = 200_000
const MAX_NOTES = 4000

const versionSchema = z.string().regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/u)

/** What the app takes from `latest*.yml`, as electron-builder and scripts/sign-release.ts write it. It comes from the server. */
const feedSchema = z.object({
  version: versionSchema,
  files: z
    .array(
      z.object({
        /**
         * A name in the folder of the release, so that a feed cannot send the app to another server or folder. No space: GitHub would
         * give the file another name.
         */
        url: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/u),
        /** In base64. */
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/u),
        size: z.number().int().min(1).max(2_000_000_000),
      }),
    )
    .min(1)
    .max(20),
  releaseDate: z.string().max(60).catch(''),
  releaseNotes: z.string().max(100_000).catch(''),
  /** Percent of the installations that the version is offered to. */
  stagingPercentage: z.number().int().min(0).max(100).exactOptional(),
  minimumSystemVersion: z.string().max(60).exactOptional(),
})
export type Feed = z.infer<typeof feedSchema>

/** Reads a feed that the server has sent. `parse`: of YAML. Throws an UpdateError. */
export function readFeed(
  text: string,
  publicKey: string | undefined,
  parse: (yaml: string) => unknown,
): Feed {
  const content = publicKey === undefined ? text : verifiedFeed(text, publicKey)
  if (content === null) throw new UpdateError('signature', 'the feed has no valid signature')
  const feed = feedSchema.safeParse(parsed(content, parse))
  if (!feed.success) throw new UpdateError('server', `the feed is not valid: ${z.prettifyError(feed.error)}`)
  return { ...feed.data, releaseNotes: displayText(feed.data.releaseNotes, MAX_NOTES).trim() }
}

function parsed(content: string, parse: (yaml: string) => unknown): unknown {
  try {
    return parse(content)
  } catch (cause) {
    throw new UpdateError('server', 'the feed is not YAML', { cause })
  }
}
