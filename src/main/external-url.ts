const LONGEST = 4096
const WEB = new Set(['http:', 'https:'])

/**
 * A link as it may be handed to the system, or null: http, https and mailto only. Links come from other people, so a web
 * link with credentials (`https://bank.example@evil.example`) or without a host is refused, and the answer is the parsed
 * form, in which a host in another script is punycode and nothing can be mistaken for an option.
 */
export function externalUrl(text: string): string | null {
  if (text.length > LONGEST || !URL.canParse(text)) return null
  const { protocol, hostname, username, password, href } = new URL(text)
  if (protocol === 'mailto:') return /[\r\n]|%0[ad]/i.test(text) ? null : href
  return WEB.has(protocol) && hostname !== '' && username === '' && password === '' ? href : null
}
