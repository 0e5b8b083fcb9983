import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, preview, type InlineConfig } from 'vite'
import { appPolicy } from '../../../src/main/security/security-policy.ts'

// The content security policy of the app, with a placeholder backend: the gallery makes no network requests.
const policy = appPolicy({
  firebase: { apiKey: 'none', authDomain: 'localhost', projectId: 'none', appId: 'none' },
  emulator: null,
})

export interface GalleryServer {
  /** URL of the gallery page; append `?scenario=…&theme=…`. */
  url: string
  close(): Promise<void>
}

/** Builds the gallery into a temporary directory and serves it on a free port, with the content security policy of the app. */
export async function serveGallery(): Promise<GalleryServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'perch-gallery-'))
  const root = import.meta.dirname
  const shared: InlineConfig = { configFile: false, root, logLevel: 'warn', plugins: [react()] }
  await build({ ...shared, build: { outDir, target: 'chrome142', emptyOutDir: true } })
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': policy } },
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The gallery has no address')
  return {
    url,
    async close() {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
