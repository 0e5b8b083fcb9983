import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { phoneSchema } from '#shared/domain/ids.ts'
import {
  countryOf,
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
  it('formats it by its country', () => {
    expect(typeOut('6505553434').text).toBe('(650) 555-3434')
    expect(parsePhone(typeOut('6505553434'))).toBe('+16505553434')
  })

  it('reads the country from +', () => {
    const input = typeOut('+442079460958')
    expect(input.country).toBe('GB')
    expect(parsePhone(input)).toBe('+442079460958')
  })

  it('keeps a country that shares the calling code', () => {
    expect(typeOut('+1', { country: 'CA', text: '' }).country).toBe('CA')
  })

  it('keeps the chosen country until the number is clearly of another', () => {
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

  it('lets one delete what was formatted in', () => {
    expect(typePhone({ country: 'US', text: '(650) 5' }, '(650) ').text).toBe('(650) ')
    expect(typePhone({ country: 'US', text: '(650) ' }, '(650)').text).toBe('(650)')
  })

  it('leaves an edit in the middle alone', () => {
    expect(typePhone({ country: 'US', text: '(650) 555-34' }, '(6150) 555-34').text).toBe('(6150) 555-34')
  })
})

describe('pasting a whole number', () => {
  it('switches the country and shows the national form', () => {
    const input = typePhone({ country: 'US', text: '' }, '+49 1511 2345678')
    expect(input).toEqual({ country: 'DE', text: '01511 2345678' })
    expect(parsePhone(input)).toBe('+4915112345678')
  })

  it('keeps the chosen country when the number is of none, and the number as it is', () => {
    const input = typePhone({ country: 'DE', text: '' }, '+1 555 555 0100')
    expect(input.country).toBe('DE')
    expect(parsePhone(input)).toBe('+15555550100')
    expect(typePhone({ country: 'US', text: '' }, '+1 555 555 0100')).toEqual({
      country: 'US',
      text: '(555) 555-0100',
    })
  })

  it('replaces what was there', () => {
    expect(typePhone({ country: 'US', text: '(650)' }, '+442079460958').country).toBe('GB')
  })
})

describe('parsePhone', () => {
  it('is null until the number can be whole', () => {
    expect(parsePhone({ country: 'US', text: '' })).toBeNull()
    expect(parsePhone({ country: 'US', text: '650' })).toBeNull()
    expect(parsePhone({ country: 'US', text: 'hello' })).toBeNull()
  })

  it('gives E.164 or null for any text, and survives its own format', () => {
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
  it('are named in the locale', () => {
    expect(listCountries('de').find(({ code }) => code === 'DE')).toEqual({
      code: 'DE',
      name: 'Deutschland',
      callingCode: '+49',
    })
  })

  it('follow from a locale', () => {
    expect(countryOf('de-AT')).toBe('AT')
    expect(countryOf('de')).toBe('DE')
    expect(countryOf('en')).toBe('US')
  })
})

it('formats a number to be read', () => {
  expect(formatPhone(phoneSchema.parse('+4915112345678'))).toBe('+49 1511 2345678')
})
