import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import {
  countryOf,
  formatPartialPhone,
  formatPhone,
  inputOf,
  listCountries,
  parsePhone,
  typePhone,
  type PhoneInput,
} from './phone-number.ts'

function typeOut(text: string, start: PhoneInput = { country: 'US', text: '' }): PhoneInput {
  return text.split('').reduce((input, character) => typePhone(input, input.text + character), start)
}

describe('typing a number', () => {
  it('formats the number for the chosen country', () => {
    expect(typeOut('6505553434').text).toBe('(650) 555-3434')
    expect(parsePhone(typeOut('6505553434'))).toBe('+16505553434')
  })

  it('detects the country of a number with +', () => {
    const input = typeOut('+442079460958')
    expect(input.country).toBe('GB')
    expect(parsePhone(input)).toBe('+442079460958')
  })

  it('keeps the chosen country when it shares the calling code', () => {
    expect(typeOut('+1', { country: 'CA', text: '' }).country).toBe('CA')
  })

  it('keeps the chosen country until the number clearly belongs to another', () => {
    const germany: PhoneInput = { country: 'DE', text: '' }
    const countries = ['+1', '+1268', '+1268460123', '+12684601234'].map(
      (text) => typeOut(text, germany).country,
    )
    expect(countries).toEqual(['DE', 'DE', 'DE', 'AG'])
    const impossible = typeOut('+15555550100', germany)
    expect(impossible.country).toBe('DE')
    expect(parsePhone(impossible)).toBe('+15555550100')
    expect(typeOut('+1999', { country: 'US', text: '' }).country).toBe('US')
  })

  it('does not add deleted formatting characters again', () => {
    expect(typePhone({ country: 'US', text: '(650) 5' }, '(650) ').text).toBe('(650) ')
    expect(typePhone({ country: 'US', text: '(650) ' }, '(650)').text).toBe('(650)')
  })

  it('does not reformat after an edit in the middle', () => {
    expect(typePhone({ country: 'US', text: '(650) 555-34' }, '(6150) 555-34').text).toBe('(6150) 555-34')
  })
})

describe('pasting a whole number', () => {
  it('switches the country and shows the national format', () => {
    const input = typePhone({ country: 'US', text: '' }, '+49 1511 2345678')
    expect(input).toEqual({ country: 'DE', text: '01511 2345678' })
    expect(parsePhone(input)).toBe('+4915112345678')
  })

  it('keeps the chosen country and the number when the number belongs to no country', () => {
    const input = typePhone({ country: 'DE', text: '' }, '+1 555 555 0100')
    expect(input.country).toBe('DE')
    expect(parsePhone(input)).toBe('+15555550100')
    expect(typePhone({ country: 'US', text: '' }, '+1 555 555 0100')).toEqual({
      country: 'US',
      text: '(555) 555-0100',
    })
  })

  it('replaces the previous number', () => {
    expect(typePhone({ country: 'US', text: '(650)' }, '+442079460958').country).toBe('GB')
  })
})

describe('parsePhone', () => {
  it('returns null while the number cannot be complete', () => {
    expect(parsePhone({ country: 'US', text: '' })).toBeNull()
    expect(parsePhone({ country: 'US', text: '650' })).toBeNull()
    expect(parsePhone({ country: 'US', text: 'hello' })).toBeNull()
  })

  it('returns E.164 or null for any text, and can parse its result again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom('US', 'DE', 'IN', 'BR'), (text, country) => {
        const phone = parsePhone(typePhone({ country, text: '' }, text))
        if (phone === null) return
        expect(phoneSchema.safeParse(phone).success).toBe(true)
        expect(parsePhone(inputOf(phone, 'US'))).toBe(phone)
      }),
    )
  })
})

describe('countries', () => {
  it('lists names in the language of the locale', () => {
    expect(listCountries('de').find(({ code }) => code === 'DE')).toEqual({
      code: 'DE',
      name: 'Deutschland',
      callingCode: '+49',
    })
  })

  it('returns the country of a locale', () => {
    expect(countryOf('de-AT')).toBe('AT')
    expect(countryOf('de')).toBe('DE')
    expect(countryOf('en')).toBe('US')
  })
})

it('formats a number for display', () => {
  expect(formatPhone(phoneSchema.parse('+4915112345678'))).toBe('+49 1511 2345678')
})

it('formats a part of a number with its calling code', () => {
  expect(formatPartialPhone({ country: 'US', text: '65055534' })).toBe('+1 650 555 34')
  expect(formatPartialPhone({ country: 'DE', text: '01511 23' })).toBe('+49 1511 23')
  expect(formatPartialPhone({ country: 'US', text: '+44 20 7946' })).toBe('+44 20 7946')
})
