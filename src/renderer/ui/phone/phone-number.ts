import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { phoneSchema, type Phone } from '#shared/domain/ids.ts'

/** State of the field: the formatted text, and the country used to parse it. */
export interface PhoneInput {
  country: CountryCode
  text: string
}

export interface Country {
  code: CountryCode
  name: string
  callingCode: string
}

/** Returns all countries that have phone numbers, sorted by name. */
export function listCountries(locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const byName = new Intl.Collator(locale).compare
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code, callingCode: `+${getCountryCallingCode(code)}` }))
    .toSorted((a, b) => byName(a.name, b.name))
}

export function countryName(code: CountryCode, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}

/** Returns a mobile number of the country as people there write it, to show how one is typed. */
export function exampleNumber(country: CountryCode): string | undefined {
  return getExampleNumber(country, examples)?.formatNational()
}

/** Returns the country of a locale such as `de-AT`, or the most likely one for `de`. Falls back to US. */
export function countryOf(locale: string): CountryCode {
  const region = new Intl.Locale(locale).maximize().region
  return region !== undefined && isSupportedCountry(region) ? region : 'US'
}

/** Returns the country of a number that starts with `+`, or `present` while several countries are possible. */
function countryOfInternational(typed: AsYouType, present: CountryCode): CountryCode {
  const number = typed.getNumber()
  if (number?.isValid() === true) return number.country ?? present
  const calling = typed.getCallingCode()
  const [found, ...others] = getCountries().filter((code) => getCountryCallingCode(code) === calling)
  return found === undefined || others.length > 0 ? present : found
}

/**
 * Returns the state of the field after the person typed or pasted `text`. Formats text that grows at the end. Text that
 * was shortened or edited in the middle is not formatted, so that the caret does not move. A pasted complete number with
 * `+` is shown in the national format, if its country is known.
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

/** Returns the number in E.164, or null while it cannot be complete. */
export function parsePhone({ country, text }: PhoneInput): Phone | null {
  const number = parsePhoneNumberFromString(text, country)
  if (number === undefined || !number.isPossible()) return null
  const phone = phoneSchema.safeParse(number.number)
  return phone.success ? phone.data : null
}

export function inputOf(phone: Phone, fallback: CountryCode): PhoneInput {
  return typePhone({ country: fallback, text: '' }, phone)
}

/** Formats for display: `+49 1511 2345678`. */
export function formatPhone(phone: Phone): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}

/** Formats a number while it is typed, as it would be dialled from anywhere: `+1 650 555 34`. */
export function formatPartialPhone({ country, text }: PhoneInput): string {
  const typed = new AsYouType(country)
  typed.input(text)
  return new AsYouType().input(typed.getNumberValue() ?? text)
}
