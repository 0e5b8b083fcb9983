/* Masks log entries. The log must not identify a person, contain message text, or contain anything that allows a sign-in. */

/** Stands in the log between the text of an event and its details. */
export const DETAILS_MARK = '¦'

const HIDDEN = '[hidden]'
const MAX_LENGTH = 8_000
const MAX_DEPTH = 6

/** The values of these fields are never logged. */
const PRIVATE_FIELD =
  /^(?:text|body|preview|draft|displayName|contactName|name|title|about|phone|phoneNumber|token|idToken|refreshToken|accessToken|sessionInfo|recaptchaToken|code|password|apiKey)$/i
const PRIVATE_JSON =
  /("(?:text|body|preview|draft|displayName|contactName|name|title|about|phone|phoneNumber|\w*token|sessionInfo|code|password|apiKey)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|-?\d+)/gi

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LONG_WORD = /[A-Za-z0-9_-]{28,}(?:\.[A-Za-z0-9_-]+)*/g
const EMAIL = /[^\s@<>"']+@[^\s@<>"']+\.[A-Za-z]{2,}/g
const QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi
const PHONE = /(?:\+|%2B)\s?\d(?:[\s().-]{0,2}\d){4,}|(?<![\w.:-])\d(?:[\s().-]{0,2}\d){6,}(?![\w.-]*\w)/gi
const CODE = /(?<![\w.:-])\d{6}(?![\w-])/g

/** Masks phone numbers, sign-in codes, tokens, keys, mail addresses and the queries of links in one line of text. */
export function maskText(text: string): string {
  const bounded = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
  return bounded
    .replace(PRIVATE_JSON, `$1"${HIDDEN}"`)
    .replace(QUERY, '$1?[query]')
    .replace(EMAIL, '[mail]')
    .replace(LONG_WORD, (word) => (UUID.test(word) ? word : '[token]'))
    .replace(PHONE, '[phone]')
    .replace(CODE, '[code]')
}

function maskError(error: Error, depth: number): string {
  const cause = error.cause === undefined ? '' : `\ncaused by: ${String(maskValue(error.cause, depth + 1))}`
  return maskText(error.stack ?? `${error.name}: ${error.message}`) + cause
}

/** Masks any argument of a log call. Objects are copied, never changed. */
export function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return HIDDEN
  if (value instanceof Error) return maskError(value, depth)
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => maskValue(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([key, item]) => [maskText(key), PRIVATE_FIELD.test(key) ? HIDDEN : maskValue(item, depth + 1)]),
  )
}
