import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'

export interface GalleryServer {
  /** Of the gallery's page; append `?scenario=…&theme=…`. */
  url: string
  close(): Promise<void>
}

/** Builds the gallery as the app is built, into a directory of its own, and serves it on a free port. */
export async function serveGallery(): Promise<GalleryServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'perch-gallery-'))
  const root = import.meta.dirname
  const shared = { configFile: false, root, logLevel: 'warn', plugins: [react()] } as const
  await build({ ...shared, build: { outDir, target: 'chrome142', emptyOutDir: true } })
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
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
