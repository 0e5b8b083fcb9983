import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min'
import { phoneSchema, type Phone } from '#shared/domain/ids.ts'

/** What stands in the field: the text as formatted, and the country it is read in. */
export interface PhoneInput {
  country: CountryCode
  text: string
}

export interface Country {
  code: CountryCode
  name: string
  callingCode: string
}

/** All countries that have phone numbers, by name. */
export function listCountries(locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const byName = new Intl.Collator(locale).compare
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, callingCode: `+${getCountryCallingCode(code)}` }))
    .toSorted((a, b) => byName(a.name, b.name))
}

/** The country of a locale such as `de-AT`; of `de` the likeliest one. */
export function countryOf(locale: string): CountryCode {
  const region = new Intl.Locale(locale).maximize().region
  return region !== undefined && isSupportedCountry(region) ? region : 'US'
}

/** A number that begins with `+` says its own country; while it may still be one of several, the present one stays. */
function countryOfInternational(typed: AsYouType, present: CountryCode): CountryCode {
  const number = typed.getNumber()
  if (number?.isValid() === true) return number.country ?? present
  const calling = typed.getCallingCode()
  const [found, ...others] = getCountries().filter((code) => getCountryCallingCode(code) === calling)
  return found === undefined || others.length > 0 ? present : found
}

/**
 * The field after someone typed or pasted `text`. Formats while one types on at the end; text that was shortened or
 * changed within stays as it is, so that the caret does. A whole number with `+` becomes its country's national form, if
 * that is known.
 */
export function typePhone(before: PhoneInput, text: string): PhoneInput {
  if (text.trimStart().startsWith('+')) {
    const typed = new AsYouType()
    const formatted = typed.input(text)
    const country = countryOfInternational(typed, before.country)
    const pasted = text.length - before.text.length > 1
    const number = typed.getNumber()
    const isNational = number?.countryCallingCode === getCountryCallingCode(country)
    if (pasted && isNational && number.isPossible()) return { country, text: number.formatNational() }
    return { country, text: text.length > before.text.length ? formatted : text }
  }
  const appended = text.length > before.text.length && text.startsWith(before.text)
  const fresh = appended || before.text === ''
  return { country: before.country, text: fresh ? new AsYouType(before.country).input(text) : text }
}

/** The number in E.164, or null while it cannot be a whole one. */
export function parsePhone({ country, text }: PhoneInput): Phone | null {
  const number = parsePhoneNumberFromString(text, country)
  if (number === undefined || !number.isPossible()) return null
  const phone = phoneSchema.safeParse(number.number)
  return phone.success ? phone.data : null
}

export function inputOf(phone: Phone, fallback: CountryCode): PhoneInput {
  return typePhone({ country: fallback, text: '' }, phone)
}

/** `+49 1511 2345678` */
export function formatPhone(phone: Phone): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}
