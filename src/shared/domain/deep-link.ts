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
  z.strictObject({ to: z.literal(['settings', 'newChat', 'newGroup']) }),
])
export type Destination = z.infer<typeof destinationSchema>

const MAX_LENGTH = 512
/** The links to a place without a name of its own. */
const PLACES = { settings: 'settings', 'new-chat': 'newChat', 'new-group': 'newGroup' } as const
type Place = keyof typeof PLACES

const LINK_PATTERN =
  /^perch:\/\/(?:(settings|new-chat|new-group)|join\/([^/?#]+)\/([^/?#]+)|(chat|person)\/([^/?#]+))\/?$/i

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * Parses `perch://chat/<chatId>`, `perch://person/<+E164>`, `perch://join/<chatId>/<code>`, `perch://settings`,
 * `perch://new-chat` and `perch://new-group`. Returns null for anything else, also for a link with a query or a fragment: any web page
 * can make the system open a link, so only these forms are accepted.
 */
export function parseDeepLink(link: string): Destination | null {
  if (link.length > MAX_LENGTH) return null
  const [, place, groupId, code, kind, target] = LINK_PATTERN.exec(link) ?? []
  if (place !== undefined) return placeOf(place.toLowerCase())
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

function placeOf(name: string): Destination | null {
  const isPlace = (text: string): text is Place => Object.hasOwn(PLACES, text)
  return isPlace(name) ? { to: PLACES[name] } : null
}

/** The link to a place, as the system gets it for its menus. */
export const placeLink = (place: Place): string => `${LINK_SCHEME}://${place}`

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
