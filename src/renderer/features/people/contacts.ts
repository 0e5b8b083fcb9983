import { foldForSearch, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

/** Returns the people whose private name contains the query, sorted by that name. Ignores case and accents. */
export function filterContacts(
  people: ReadonlyMap<UserId, Person>,
  me: UserId,
  query: string,
  locale: string,
): Person[] {
  const wanted = foldForSearch(query).trim()
  const { compare } = new Intl.Collator(locale)
  return [...people.values()]
    .filter(
      ({ id, contactName }) => id !== me && contactName !== '' && foldForSearch(contactName).includes(wanted),
    )
    .toSorted((a, b) => compare(personTitle(a), personTitle(b)))
}
