import { expect, it } from 'vitest'
import { me, personNamed } from '#shared/domain/test-data.ts'
import { filterContacts } from './contacts.ts'

const people = new Map(
  [
    personNamed('a', { contactName: 'Zoë' }),
    personNamed('b', { contactName: 'Émile' }),
    personNamed('c', { contactName: '' }),
    personNamed('d', { contactName: 'Zack' }),
    personNamed('me', { contactName: 'Myself' }),
  ].map((one) => [one.id, one]),
)
const names = (query: string): string[] =>
  filterContacts(people, me, query, 'en').map(({ contactName }) => contactName)

it('lists other people who have a private name, sorted by it', () => {
  expect(names('')).toEqual(['Émile', 'Zack', 'Zoë'])
})

it('ignores case and accents', () => {
  expect(names(' zoe')).toEqual(['Zoë'])
  expect(names('EMI')).toEqual(['Émile'])
  expect(names('x')).toEqual([])
})
