import { readFile } from 'node:fs/promises'
import { app, protocol, type Session, type WebContents } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { CaptureDevice, CaptureKind } from './capture-devices.ts'
import {
  APP_SCHEME,
  appPolicy,
  assetOf,
  isIndexUrl,
  isMediaUrl,
  requestedDevice,
  type PermissionRequest,
} from './security-policy.ts'

/** A page that the main process generates. It is served together with the renderer's files. */
export interface OwnPage {
  html: string
  policy: string
}

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** Makes app:// an origin with relative URLs, fetch, storage and a code cache. Call it before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        corsEnabled: true,
        codeCache: true,
        // Without it, a video would be read whole before it plays.
        stream: true,
      },
    },
  ])
}

export interface Served {
  /** The folder of the built renderer. */
  root: string
  ownPages: ReadonlyMap<string, () => OwnPage>
  /** Answers requests for files of the open account. */
  media: (request: Request) => Promise<Response>
}

/** Serves the built renderer, `ownPages` by their full URL, and the account's files. */
export function serveApp(backend: Backend, { root, ownPages, media }: Served): void {
  const policy = appPolicy(backend)
  protocol.handle(APP_SCHEME, async (request) => {
    const { method, url } = request
    if (isMediaUrl(url)) return media(request)
    if (method !== 'GET') return new Response(null, { status: 405 })
    const own = ownPages.get(url)?.()
    if (own !== undefined) {
      return new Response(own.html, {
        headers: {
          ...headers,
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': own.policy,
        },
      })
    }
    const asset = assetOf(root, url)
    const body = asset === null ? null : await readFile(asset.file).catch(() => null)
    if (asset === null || body === null) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(body), {
      headers: { ...headers, 'content-type': asset.contentType, 'content-security-policy': policy },
    })
  })
}

/** No page may use the microphone, the camera, the screen, notifications, devices or anything else that needs a permission. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** Denies everything except the microphone and the camera, each for the app's page while it is open. */
export function allowCapture(
  session: Session,
  devices: Readonly<Record<CaptureKind, Pick<CaptureDevice, 'isOpen'>>>,
): void {
  denyPermissions(session)
  const isAllowed = (request: PermissionRequest): boolean => {
    const kind = requestedDevice(request)
    return kind !== null && devices[kind].isOpen()
  }
  session.setPermissionRequestHandler((_contents, permission, respond, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const { requestingUrl: url, isMainFrame } = details
    respond(isAllowed({ permission, media, url, isMainFrame }))
  })
  session.setPermissionCheckHandler((_contents, permission, url, { mediaType, isMainFrame }) => {
    const media = mediaType === undefined ? [] : [mediaType]
    return isAllowed({ permission, media, url, isMainFrame })
  })
}

function restrict(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!isIndexUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (event.isMainFrame) event.preventDefault()
  })
}

/** Restricts every window: no popups, no webviews, and the top frame can navigate only to the app's page. */
export function confineContents(): void {
  app.on('web-contents-created', (_event, contents) => restrict(contents))
}
