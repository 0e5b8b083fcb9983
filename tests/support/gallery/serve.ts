import { existsSync } from 'node:fs'
import { preview } from 'vite'
import { galleryStamp } from '../../../scripts/lib/build.ts'
import { appPolicy } from '../../../src/main/security/security-policy.ts'
import config from './vite.config.ts'

// The content security policy of the app, with a placeholder backend: the gallery makes no network requests.
const policy = appPolicy({
  firebase: {
    apiKey: 'none',
    authDomain: 'localhost',
    projectId: 'none',
    storageBucket: 'none',
    appId: 'none',
  },
  emulator: null,
  // The sounds of the gallery are made in the page.
}).replace(/media-src [^;]*/, 'media-src blob:')

export interface GalleryServer {
  /** URL of the gallery page; append `?scenario=…&theme=…`. */
  url: string
  close(): Promise<void>
}

/** Serves the built gallery on a free port, with the content security policy of the app. */
export async function serveGallery(): Promise<GalleryServer> {
  if (!existsSync(galleryStamp)) throw new Error('The gallery is not built: run `npm test -- e2e`.')
  const server = await preview({
    ...config,
    configFile: false,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': policy } },
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The gallery has no address')
  return { url, close: () => server.close() }
}
