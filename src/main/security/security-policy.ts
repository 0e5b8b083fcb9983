import { join } from 'node:path'
import type { Backend } from '#shared/backend.ts'
import { functionsOrigin } from '#shared/functions.ts'
import type { CaptureKind } from './capture-devices.ts'

/* What the pages of the app may load and where they may navigate. Pure functions; security.ts applies them. */

export const APP_SCHEME = 'app'
export const APP_HOST = 'perch'
/** Another host, so another origin: nothing in a file can act as the page. */
const MEDIA_HOST = 'media'
export const PAGE_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
const MEDIA_ORIGIN = `${APP_SCHEME}://${MEDIA_HOST}`
export const INDEX_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

function policy(directives: Record<string, readonly string[]>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

const none = ["'none'"]
const denyAll = {
  'default-src': none,
  'base-uri': none,
  'form-action': none,
  'frame-ancestors': none,
  'frame-src': none,
  'object-src': none,
}

/** The hosts of Firebase Auth, Firestore and the functions, or exactly these ports of the local backend. */
function wireSources(backend: Backend): string[] {
  const { emulator } = backend
  const functions = functionsOrigin(backend)
  return [
    ...(emulator === null
      ? ['identitytoolkit', 'securetoken', 'firestore'].map((api) => `https://${api}.googleapis.com`)
      : [emulator.authPort, emulator.firestorePort].map((port) => `http://${emulator.host}:${port}`)),
    ...(functions === null ? [] : [functions]),
  ]
}

/** The Content-Security-Policy of the app's page. */
export function appPolicy(backend: Backend): string {
  return policy({
    ...denyAll,
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', MEDIA_ORIGIN],
    'media-src': [MEDIA_ORIGIN],
    'font-src': ["'self'"],
    'connect-src': ["'self'", MEDIA_ORIGIN, ...wireSources(backend)],
    'require-trusted-types-for': ["'script'"],
  })
}

/** The Content-Security-Policy of a page that the main process generates: no scripts, one known style sheet. */
export function ownPagePolicy(styleHash: string): string {
  return policy({ ...denyAll, 'style-src': [`'sha256-${styleHash}'`] })
}

/** True for a URL of the app. */
export function isAppUrl(text: string): boolean {
  return hasHost(text, APP_HOST)
}

/** True for the URL of a file of the open account. */
export function isMediaUrl(text: string): boolean {
  return hasHost(text, MEDIA_HOST)
}

/** Compares the parts of the URL: Node has no usable `URL.origin` for custom schemes. */
function hasHost(text: string, expected: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, username, password } = new URL(text)
  return protocol === `${APP_SCHEME}:` && host === expected && username === '' && password === ''
}

/** True for the main page of the app, with any fragment. */
export function isIndexUrl(text: string): boolean {
  return isAppUrl(text) && text.replace(/#.*$/s, '') === INDEX_URL
}

export interface PermissionRequest {
  permission: string
  /** What of the permission `media` is requested: `audio`, `video`. */
  media: readonly string[]
  /** The page, or its origin, that requests it. */
  url: string
  isMainFrame: boolean
}

const deviceOf = new Map<string, CaptureKind>([
  ['audio', 'microphone'],
  ['video', 'camera'],
])

/** The one device that the app's own page requests. Null: another page, both devices at once, or anything else. */
export function requestedDevice(request: PermissionRequest): CaptureKind | null {
  const { permission, media, url, isMainFrame } = request
  if (permission !== 'media' || !isMainFrame || !isAppUrl(url)) return null
  const [type = ''] = media
  return media.every((other) => other === type) ? (deviceOf.get(type) ?? null) : null
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

/** No segment starts with a dot and nothing is percent-encoded, so a matching path stays below the root. */
const ASSET_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\.([a-z0-9]+)$/

/** Returns the file below `root` for a URL of the app, and its content type. Null for any other URL, path or file type. */
export function assetOf(root: string, url: string): { file: string; contentType: string } | null {
  if (!isAppUrl(url)) return null
  const { pathname } = new URL(url)
  const contentType = contentTypes[ASSET_PATH.exec(pathname)?.[1] ?? '']
  return contentType === undefined ? null : { file: join(root, ...pathname.split('/')), contentType }
}
