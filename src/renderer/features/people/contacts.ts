import { foldForSearch, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'

/** People with a private name that contains the query, whatever the case and the accents; sorted by it. */
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
