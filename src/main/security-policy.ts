import { join } from 'node:path'
import type { Backend } from '#shared/backend.ts'

/* What the app's own pages may load and where they may go. Pure: security.ts puts it to work. */

export const APP_SCHEME = 'app'
export const APP_HOST = 'perch'
export const INDEX_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

function policy(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

const nothing = ["'none'"]
const locked = {
  'default-src': nothing,
  'base-uri': nothing,
  'form-action': nothing,
  'frame-ancestors': nothing,
  'frame-src': nothing,
  'object-src': nothing,
}

/** The hosts of Firebase Auth and Firestore, or exactly the two ports of the local backend. */
function wireSources({ emulator }: Backend): string[] {
  if (emulator !== null) {
    return [emulator.authPort, emulator.firestorePort].map((port) => `http://${emulator.host}:${port}`)
  }
  return ['identitytoolkit', 'securetoken', 'firestore'].map((api) => `https://${api}.googleapis.com`)
}

/** The Content-Security-Policy of the app's page. */
export function appPolicy(backend: Backend): string {
  return policy({
    ...locked,
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...wireSources(backend)],
    'require-trusted-types-for': ["'script'"],
  })
}

/** The Content-Security-Policy of a page that main itself writes: no script, one known style sheet. */
export function ownPagePolicy(styleHash: string): string {
  return policy({ ...locked, 'style-src': [`'sha256-${styleHash}'`] })
}

/** Custom schemes have no usable `URL.origin` in Node: compared by their parts. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, username, password } = new URL(text)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

/** True for the app's one page, whatever its fragment. */
export function isIndexUrl(text: string): boolean {
  return isAppUrl(text) && text.replace(/#.*$/s, '') === INDEX_URL
}

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

/** No segment starts with a dot and nothing is percent-encoded: a path that matches stays below its root. */
const ASSET_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\.([a-z0-9]+)$/

/** The file below `root` for a URL of ours and its content type; null for anything that the build does not make. */
export function assetOf(root: string, url: string): { file: string; contentType: string } | null {
  if (!isAppUrl(url)) return null
  const { pathname } = new URL(url)
  const contentType = contentTypes[ASSET_PATH.exec(pathname)?.[1] ?? '']
  return contentType === undefined ? null : { file: join(root, ...pathname.split('/')), contentType }
}
