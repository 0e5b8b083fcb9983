import { expect, it } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import { filterContacts } from './contacts.ts'

const me = userIdSchema.parse('me')
const person = (id: string, contactName: string): Person => ({
  id: userIdSchema.parse(id),
  displayName: id,
  about: '',
  profileFetchedAt: 0,
  contactName,
  phone: null,
  blocked: false,
})
const people = new Map(
  [
    person('a', 'Zoë'),
    person('b', 'Émile'),
    person('c', ''),
    person('d', 'Zack'),
    person('me', 'Myself'),
  ].map((one) => [one.id, one]),
)
const names = (query: string): string[] =>
  filterContacts(people, me, query, 'en').map(({ contactName }) => contactName)

it('lists people with a private name by it, without oneself', () => {
  expect(names('')).toEqual(['Émile', 'Zack', 'Zoë'])
})

it('filters whatever the case and the accents', () => {
  expect(names(' zoe')).toEqual(['Zoë'])
  expect(names('EMI')).toEqual(['Émile'])
  expect(names('x')).toEqual([])
})
