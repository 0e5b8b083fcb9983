import { z } from 'zod'
import { chatIdSchema, messageIdSchema, phoneSchema } from './ids.ts'
import { inviteSchema } from './invite.ts'

export const LINK_SCHEME = 'perch'

/** A place in the app that a `perch://` link or a notification opens. */
export const destinationSchema = z.discriminatedUnion('to', [
  /** `messageId`: the message to scroll to. No link has one. */
  z.strictObject({ to: z.literal('chat'), chatId: chatIdSchema, messageId: messageIdSchema.optional() }),
  z.strictObject({ to: z.literal('person'), phone: phoneSchema }),
  z.strictObject({ to: z.literal('join'), invite: inviteSchema }),
  z.strictObject({ to: z.literal('settings') }),
])
export type Destination = z.infer<typeof destinationSchema>

const MAX_LENGTH = 512
const LINK_PATTERN = /^perch:\/\/(?:(settings)|join\/([^/?#]+)\/([^/?#]+)|(chat|person)\/([^/?#]+))\/?$/i

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * Parses `perch://chat/<chatId>`, `perch://person/<+E164>`, `perch://join/<chatId>/<code>` and `perch://settings`. Returns null for
 * anything else, also for a link with a query or a fragment: any web page can make the system open a link, so only these forms are
 * accepted.
 */
export function parseDeepLink(link: string): Destination | null {
  if (link.length > MAX_LENGTH) return null
  const [, settings, groupId, code, kind, target] = LINK_PATTERN.exec(link) ?? []
  if (settings !== undefined) return { to: 'settings' }
  if (groupId !== undefined) {
    const invite = inviteSchema.safeParse({ chatId: groupId, code })
    return invite.success ? { to: 'join', invite: invite.data } : null
  }
  if (kind === undefined || target === undefined) return null
  const id = decoded(target)
  if (kind.toLowerCase() === 'chat') {
    const chatId = chatIdSchema.safeParse(id)
    return chatId.success ? { to: 'chat', chatId: chatId.data } : null
  }
  const phone = phoneSchema.safeParse(id)
  return phone.success ? { to: 'person', phone: phone.data } : null
}

/** True for every text with the app's scheme, valid or not. */
export function looksLikeLink(text: string): boolean {
  return text.toLowerCase().startsWith(`${LINK_SCHEME}:`)
}

/** Returns the last valid link in the arguments of a process. Windows and Linux pass links this way. */
export function findDeepLink(argv: readonly string[]): Destination | null {
  for (const argument of argv.toReversed()) {
    const destination = parseDeepLink(argument)
    if (destination !== null) return destination
  }
  return null
}
