import { attachmentOf } from '../messages/body.ts'
import type { Message } from '../messages/envelope.ts'
import { NAME_LIMIT } from '../messages/kinds/file.ts'
import { displayLine, displayName } from './display-text.ts'

/** Something longer after the last dot of a name is not an extension. In UTF-16 code units. */
const EXTENSION_LIMIT = 8

/**
 * The name of a file, cleaned for display and in two parts. Where space is short, the end of `base` is cut; `extension`, with its dot,
 * is always shown, so that nobody takes a program for a picture. Show the two from left to right, each isolated. Both are empty for a name
 * that cannot be seen.
 */
export interface ShownName {
  base: string
  extension: string
}

export function shownName(name: string): ShownName {
  const shown = displayName(name, NAME_LIMIT)
  const extension = extensionOf(shown)
  if (extension === '') return { base: shown, extension }
  return { base: shown.slice(0, -extension.length - 1), extension: `.${extension}` }
}

/** What follows the last dot of a name, cleaned for display; empty for a name without an extension. */
export function extensionOf(name: string): string {
  const shown = displayLine(name, NAME_LIMIT)
  const dot = shown.lastIndexOf('.')
  const extension = dot === -1 ? '' : shown.slice(dot + 1)
  return extension.length > EXTENSION_LIMIT ? '' : extension
}

/** Extensions that differ from the second part of their MIME type. */
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
}

const types = new Map([
  ...Object.entries(extensions).map(([mime, extension]) => [extension, mime] as const),
  ...['png', 'gif', 'webp', 'avif', 'heic'].map((extension) => [extension, `image/${extension}`] as const),
  ...['mp4', 'webm'].map((extension) => [extension, `video/${extension}`] as const),
  ...['ogg', 'opus', 'wav', 'flac', 'aac'].map((extension) => [extension, `audio/${extension}`] as const),
  ['jpeg', 'image/jpeg'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
])

/** The MIME type that a name promises. The bytes can be something else. */
export function mimeOfName(name: string): string {
  return types.get(extensionOf(name).toLowerCase()) ?? 'application/octet-stream'
}

/** The name under which the file of a message is offered for saving. Main makes it safe for the disk. */
export function savedName({ body, sentAt }: Pick<Message, 'body' | 'sentAt'>): string {
  if (body?.kind === 'file') return body.name
  const { mime } = attachmentOf(body) ?? { mime: 'application/octet-stream' }
  const [type = '', subtype = ''] = mime.split('/')
  const time = new Date(sentAt ?? Date.now())
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replaceAll(':', '.')
  return `Perch ${type} ${time}.${extensions[mime] ?? subtype}`
}
