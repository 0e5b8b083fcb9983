import { describe, expect, it } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import { chatWith, me, personNamed } from '#shared/domain/test-data.ts'
import { digitsOfNumber, findPeople } from './contacts.ts'

const people = new Map(
  [
    personNamed('a', { contactName: 'Zoë', displayName: 'Zoe Braun' }),
    personNamed('b', { contactName: 'Émile' }),
    personNamed('c', { contactName: '', displayName: 'No chat and no private name' }),
    personNamed('d', { contactName: 'Zack', phone: phoneSchema.parse('+4915112345678') }),
    personNamed('e', { contactName: '', displayName: 'Abe' }),
    personNamed('me', { contactName: 'Myself' }),
  ].map((one) => [one.id, one]),
)
const chats = new Map([chatWith('e')].map((chat) => [chat.id, chat]))
const found = (query: string): string[] =>
  findPeople({ people, chats, me }, query, 'en').map(
    ({ contactName, displayName }) => contactName || displayName,
  )

describe('findPeople', () => {
  it('returns contacts and the people of chats, sorted by their titles', () => {
    expect(found('')).toEqual(['Abe', 'Émile', 'Zack', 'Zoë'])
  })

  it('searches private and public names, ignoring case and accents', () => {
    expect(found(' zoe')).toEqual(['Zoë'])
    expect(found('EMI')).toEqual(['Émile'])
    expect(found('braun')).toEqual(['Zoë'])
    expect(found('x')).toEqual([])
  })

  it('searches numbers by three digits or more', () => {
    expect(found('+49 (151) 12')).toEqual(['Zack'])
    expect(found('15')).toEqual([])
  })
})

it('accepts as a number only digits and the signs between them', () => {
  expect(digitsOfNumber(' +49 (30) 12-3')).toBe('4930123')
  expect(digitsOfNumber('49')).toBeNull()
  expect(digitsOfNumber('room 101')).toBeNull()
})
