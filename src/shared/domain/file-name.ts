import { attachmentOf } from '../messages/body.ts'
import type { Message } from '../messages/envelope.ts'
import { NAME_LIMIT } from '../messages/kinds/file.ts'
import { displayLine } from './display-text.ts'

/** Something longer after the last dot of a name is not an extension. In characters. */
const EXTENSION_LIMIT = 8
/** Characters of the name that stay together with the extension. */
const TAIL_CHARACTERS = 4

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const charactersOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)

/**
 * The name of a file, cleaned for display and in two parts. Where space is short, the end of `head` is cut; `tail` has the extension
 * and is always shown whole, so that nobody takes a program for a picture. Show both from left to right. Both are empty for a name
 * that cannot be seen.
 */
export interface ShownName {
  head: string
  tail: string
}

export function shownName(name: string): ShownName {
  const characters = charactersOf(displayLine(name, NAME_LIMIT))
  const extension = extensionOf(name)
  const dotted = extension === '' ? 0 : charactersOf(extension).length + 1
  const cut = Math.max(0, characters.length - dotted - TAIL_CHARACTERS)
  return { head: characters.slice(0, cut).join(''), tail: characters.slice(cut).join('') }
}

/** What follows the last dot of a name, cleaned for display; empty for a name without an extension. */
export function extensionOf(name: string): string {
  const shown = displayLine(name, NAME_LIMIT)
  const dot = shown.lastIndexOf('.')
  const extension = dot === -1 ? '' : shown.slice(dot + 1)
  return charactersOf(extension).length > EXTENSION_LIMIT ? '' : extension
}

/** Extensions that differ from the second part of their MIME type. */
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
}

/** The name under which the file of a message is offered for saving. Main makes it safe for the disk. */
export function savedName({ body, sentAt }: Pick<Message, 'body' | 'sentAt'>): string {
  if (body?.kind === 'file') return body.name
  const { mime } = attachmentOf(body) ?? { mime: 'application/octet-stream' }
  const [type = '', subtype = ''] = mime.split('/')
  const time = new Date(sentAt ?? Date.now()).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  return `Perch ${type} ${time}.${extensions[mime] ?? subtype}`
}
