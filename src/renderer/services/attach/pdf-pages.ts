import { COVER_LIMIT } from '#shared/messages/kinds/file.ts'
import { inlinePicture } from './inline-picture.ts'
import { limited } from './limited.ts'
// oxlint-disable-next-line import/default -- the bundler makes a module of this query, whose default export is the URL
import workerUrl from './pdf-worker.ts?worker&url'
import type { PhotoRenderer } from './photo-tasks.ts'
import { trustedWorkerUrl } from './trusted-worker.ts'

/** Draws the cover of a PDF: its first page, small enough for a message. Null: the file is too large, encrypted, broken or too slow. */
export type PdfCover = (source: Blob) => Promise<string | null>

/** Larger files have no cover: all of a file is read into memory. */
export const MAX_PDF_BYTES = 30_000_000
/** Also the time in which the worker starts. */
export const PDF_TIMEOUT_MS = 5000
const COVER = { side: 160, limit: COVER_LIMIT }

export function createPdfCover(photos: PhotoRenderer): PdfCover {
  const url = trustedWorkerUrl('perch-pdf-worker', workerUrl)
  const inTurn = limited(1)
  return async (source) => {
    if (source.size > MAX_PDF_BYTES) return null
    const page = await inTurn(() => drawFirstPage(url, source))
    return page && inlinePicture(photos, page, COVER)
  }
}

/** Every file gets a worker of its own, so that nothing of one reaches the next. */
async function drawFirstPage(url: string, source: Blob): Promise<Blob | null> {
  const worker = new Worker(url, { type: 'module' })
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  const timer = setTimeout(resolve, PDF_TIMEOUT_MS, null)
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // The parser also sends a message of its own, when it has started.
    if (data === null || data instanceof Blob) resolve(data)
  })
  worker.addEventListener('error', () => resolve(null))
  worker.postMessage(source)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    worker.terminate()
  }
}
