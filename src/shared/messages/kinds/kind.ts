import type { z } from 'zod'
import type { EventBody } from './event.ts'
import type en from '../../locales/en.json'
import type { Attachment } from '../attachment.ts'
import type { Mention, MentionName } from '../mentions.ts'

/** The phrases of the catalogue for messages without words. */
export type MessagePhrase = `message.${keyof (typeof en)['message']}`

/**
 * A message in one line: the sender's own words, a phrase of the catalogue, or a change of the group. `of`: the words are a caption
 * of this.
 */
export type Description =
  | { text: string; mentions: readonly Mention[]; of?: MessagePhrase }
  | { phrase: MessagePhrase }
  | { event: EventBody }

/** Everything about a message kind that does not depend on a screen. One file per kind implements it. */
export interface KindDefinition<B> {
  /** The body exactly as this version writes it. Own messages are checked against it. */
  schema: z.ZodType<B>
  /**
   * Reads a body from the wire. Other people's clients wrote it, so the reader ignores unknown fields and cuts long texts. If it
   * fails, the message is shown as one of an unknown kind.
   */
  reader: z.ZodType<B>
  /** The file that the message carries; null: none. */
  attachment(body: B): Attachment | null
  /** One line for the chat list, a notification or a screen reader. */
  describe(body: B): Description
  /** The body reduced to what `describe` needs, because the chat list keeps one for every chat. */
  summarize(body: B): B
  /** Who the text of the body names, in the order of the text. */
  mentions(body: B): readonly Mention[]
  /** Words for the search index; null: search does not find this kind. */
  searchText(body: B): string | null
  /** Text for the clipboard, with the names that the reader knows; null: there is nothing to copy. */
  copyText(body: B, nameOf: MentionName): string | null
  /** The body for another chat: without mentions, because its people are others, and without its album. Null: it is not forwarded. */
  forward(body: B): B | null
  /** Text typed in the composer, as a draft (see toMarkedText). Sending clears the draft, discarding restores it. Null: the draft is not involved. */
  draftText(body: B): string | null
}

/** Keeps the body's type when a kind is defined. */
export function defineKind<B>(definition: KindDefinition<B>): KindDefinition<B> {
  return definition
}
