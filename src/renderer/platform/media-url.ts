import type { Sha256 } from '#shared/messages/attachment.ts'

/**
 * The URL of a file of this machine. Its host is another one than the page's, so it is another origin: nothing in a file can act as
 * the page. `page`: the page's own URL, from which the scheme follows.
 */
export function mediaUrl(sha256: Sha256, mime: string, page: string = location.href): string {
  const origin = /^[a-z]+:\/\/[^/]+/.exec(page)?.[0] ?? ''
  return `${origin.replace('//perch', '//media')}/${sha256}?type=${encodeURIComponent(mime)}`
}
