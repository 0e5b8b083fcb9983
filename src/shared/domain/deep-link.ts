import { z } from 'zod'
import { chatIdSchema, phoneSchema } from './ids.ts'

export const LINK_SCHEME = 'perch'

/** What a `perch://` link or a notification asks the window to show. */
export const destinationSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('chat'), chatId: chatIdSchema }),
  z.strictObject({ to: z.literal('person'), phone: phoneSchema }),
  z.strictObject({ to: z.literal('settings') }),
])
export type Destination = z.infer<typeof destinationSchema>

const LONGEST = 512
const FORM = /^perch:\/\/(?:(settings)|(chat|person)\/([^/?#]+))\/?$/i

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * What a `perch://` link asks to be shown: `perch://chat/<chatId>`, `perch://person/<+E164>`, `perch://settings`.
 * Anyone can make the system open such a link, so anything else, queries and fragments included, is null.
 */
export function parseDeepLink(link: string): Destination | null {
  if (link.length > LONGEST) return null
  const [, settings, kind, target] = FORM.exec(link) ?? []
  if (settings !== undefined) return { to: 'settings' }
  if (kind === undefined || target === undefined) return null
  const id = decoded(target)
  if (kind.toLowerCase() === 'chat') {
    const chatId = chatIdSchema.safeParse(id)
    return chatId.success ? { to: 'chat', chatId: chatId.data } : null
  }
  const phone = phoneSchema.safeParse(id)
  return phone.success ? { to: 'person', phone: phone.data } : null
}

/** Of our scheme, valid or not. */
export function looksLikeLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${LINK_SCHEME}:`)
}

/** The newest valid link among a process's arguments: how Windows and Linux hand a link over. */
export function findDeepLink(argv: readonly string[]): Destination | null {
  for (const argument of argv.toReversed()) {
    const destination = parseDeepLink(argument)
    if (destination !== null) return destination
  }
  return null
}
