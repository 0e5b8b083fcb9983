/*
 * Chromium does not know our schemes, so app://perch/x is shown to it as http://perch.app.localhost/x, which the
 * host's own server answers: a secure, loopback origin of its own, on which 'self' works.
 */

/** A URL as the app writes it → as Chromium loads it. URLs of other schemes stay as they are. */
export function toHttp(url: string, schemes: ReadonlySet<string>): string {
  return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/, (whole, scheme: string, name: string) =>
    schemes.has(scheme) ? `http://${name}.${scheme}.localhost` : whole,
  )
}

/** The way back. */
export function fromHttp(url: string, schemes: ReadonlySet<string>): string {
  return url.replace(
    /^http:\/\/([^/?#:]+)\.([a-z0-9-]+)\.localhost(?::80)?(?=[/?#]|$)/,
    (whole, name: string, scheme: string) => (schemes.has(scheme) ? `${scheme}://${name}` : whole),
  )
}

/** Electron's origin: scheme and host, also for schemes that the URL standard calls opaque. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null'
  const { protocol, host, origin } = new URL(url)
  return origin === 'null' && host ? `${protocol}//${host}` : origin
}
