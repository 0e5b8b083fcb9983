import { z } from 'zod'
import { cutText } from '../cut-text.ts'
import { mentionsSchema, readMentions, toMarkedText, withNames, type MentionName } from '../mentions.ts'
import type { Description, KindDefinition, MessagePhrase } from './kind.ts'
import { previewOfText, TEXT_LIMIT } from './text.ts'

/** The words under a file. Absent: there are none. */
export const captionShape = {
  text: z.string().min(1).max(TEXT_LIMIT).optional(),
  mentions: mentionsSchema.optional(),
}

/** The same from the wire: a long text is cut, and what cannot be read is left out. */
export const captionReaders = {
  text: z.string().min(1).pipe(cutText(TEXT_LIMIT)).optional().catch(undefined),
  mentions: mentionsSchema.optional().catch(undefined),
}

interface Captioned {
  text?: string | undefined
  mentions?: string | undefined
}

/** The caption as a text with mentions; undefined if there is none. */
function captionOf({
  text,
  mentions,
}: Captioned): { text: string; mentions?: string | undefined } | undefined {
  return text === undefined ? undefined : { text, mentions }
}

/** What a kind with a caption does with its words. Without a caption it is described by the phrase. */
export function captioned<B extends Captioned>(
  phrase: MessagePhrase,
): Pick<KindDefinition<B>, 'describe' | 'summarize' | 'mentions' | 'searchText' | 'copyText' | 'draftText'> {
  return {
    describe(body): Description {
      const caption = captionOf(body)
      if (caption === undefined) return { phrase }
      const preview = previewOfText(caption)
      return preview.text === ''
        ? { phrase }
        : { text: preview.text, mentions: readMentions(preview), of: phrase }
    },
    summarize(body) {
      const caption = captionOf(body)
      if (caption === undefined) return body
      const preview = previewOfText(caption)
      return { ...body, text: preview.text || ' ', mentions: preview.mentions }
    },
    mentions(body) {
      const caption = captionOf(body)
      return caption === undefined ? [] : readMentions(caption)
    },
    searchText: (body) => body.text ?? null,
    copyText(body, nameOf: MentionName) {
      const caption = captionOf(body)
      return caption === undefined
        ? null
        : withNames({ text: caption.text, mentions: readMentions(caption) }, nameOf)
    },
    draftText(body) {
      const caption = captionOf(body)
      return caption === undefined
        ? null
        : toMarkedText({ text: caption.text, mentions: readMentions(caption) })
    },
  }
}
