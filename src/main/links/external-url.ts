const MAX_LENGTH = 4096
const WEB_PROTOCOLS = new Set(['http:', 'https:'])

/**
 * Returns the link in the form in which it may be passed to the system, or null. Only http, https and mailto are allowed.
 * Links come from other people, so a web link with credentials (`https://bank.example@evil.example`) or without a host is
 * refused. The result is the parsed form: a host in another script becomes punycode, and no link looks like a command-line
 * option.
 */
export function externalUrl(text: string): string | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null
  const { protocol, hostname, username, password, href } = new URL(text)
  if (protocol === 'mailto:') return /[\r\n]|%0[ad]/i.test(text) ? null : href
  return WEB_PROTOCOLS.has(protocol) && hostname !== '' && username === '' && password === '' ? href : null
}
