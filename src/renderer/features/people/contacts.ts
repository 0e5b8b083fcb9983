import { peerOf, type Chat } from '#shared/domain/chat.ts'
import { foldForSearch, personTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

interface KnownPeople {
  people: ReadonlyMap<UserId, Person>
  chats: ReadonlyMap<ChatId, Chat>
  me: UserId
}

/**
 * Returns the people with a private name and the people of direct chats, sorted by title. One of their names contains the query,
 * ignoring case and accents, or their number contains its digits, if there are three or more.
 */
export function findPeople({ people, chats, me }: KnownPeople, query: string, locale: string): Person[] {
  const wanted = foldForSearch(query).trim()
  const digits = digitsOfNumber(query)
  const { compare } = new Intl.Collator(locale)
  const peers = new Set([...chats.values()].map((chat) => peerOf(chat, me)))
  const isKnown = ({ id, contactName }: Person): boolean => id !== me && (contactName !== '' || peers.has(id))
  const matches = ({ contactName, displayName, phone }: Person): boolean =>
    [contactName, displayName].some((name) => foldForSearch(name).includes(wanted)) ||
    (digits !== null && phone?.includes(digits) === true)
  return [...people.values()]
    .filter((person) => isKnown(person) && personTitle(person) !== '' && matches(person))
    .toSorted((a, b) => compare(personTitle(a), personTitle(b)))
}

/** Returns the digits of a text that can be a phone number: three or more, and nothing but spaces and signs between them. */
export function digitsOfNumber(text: string): string | null {
  if (!/^[\d\s()+./-]+$/u.test(text)) return null
  const digits = text.replace(/\D/gu, '')
  return digits.length >= 3 ? digits : null
}
