/*
 * Chromium does not know the app's schemes, so it loads app://perch/x as http://perch.app.localhost/x from the host's own
 * server. Chromium treats this as a secure, separate origin, and 'self' works.
 */

/** Converts a URL of the app to the URL that Chromium loads. URLs of other schemes stay unchanged. */
export function toHttp(url: string, schemes: ReadonlySet<string>): string {
  return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/, (whole, scheme: string, name: string) =>
    schemes.has(scheme) ? `http://${name}.${scheme}.localhost` : whole,
  )
}

/** Converts every URL of the app in the value of a header. */
export function allToHttp(value: string, schemes: ReadonlySet<string>): string {
  return value.replaceAll(/[a-z][a-z0-9+.-]*:\/\/[^\s;,]+/g, (url) => toHttp(url, schemes))
}

/** Converts a URL that Chromium loads to the URL of the app. */
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
