import { getDocument } from 'pdfjs-dist'
// Sets `globalThis.pdfjsWorker`, so that the parser runs in this worker and starts none of its own.
import 'pdfjs-dist/build/pdf.worker.mjs'

/*
 * The worker that draws the first page of a PDF. It gets the file, answers with a PNG file, or with null if there is no picture, and
 * is then ended by pdf-pages.ts. A hostile file can hang or crash it, but it has no document, no cookies and nothing of the account.
 */

/** Longest side of the picture, in pixels: twice that of the cover, which is scaled down with better smoothing. */
const SIDE = 320
/** Larger images inside the page are left out: 64 MB in memory. */
const MAX_IMAGE_PIXELS = 16_000_000

addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  drawFirstPage(data).then(postMessage, () => postMessage(null))
})

async function drawFirstPage(source: Blob): Promise<Blob> {
  const document = await getDocument({
    data: await source.arrayBuffer(),
    CanvasFactory: Canvases,
    FilterFactory: NoFilters,
    // The browser parses no font of the file: letters are drawn as shapes. A font that is not in the file is replaced by `sans-serif`.
    disableFontFace: true,
    // The policy of the page allows no WebAssembly. Images of the formats that need it (JPEG 2000, JBIG2) are left out.
    useWasm: false,
    disableWorkerRendering: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: 0,
  }).promise
  const page = await document.getPage(1)
  const { width, height } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: SIDE / Math.max(width, height) })
  const canvas = new OffscreenCanvas(Math.max(1, viewport.width), Math.max(1, viewport.height))
  // A page that is printed does not wait for frames of the screen, which a worker does not have.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library draws on both, but its types name only the element
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, intent: 'print' }).promise
  return canvas.convertToBlob({ type: 'image/png' })
}

interface CanvasEntry {
  canvas: OffscreenCanvas
  context: OffscreenCanvasRenderingContext2D | null
}

/** Canvases for the parts of the page. By default they are elements of a document. */
class Canvases {
  create(width: number, height: number): CanvasEntry {
    const canvas = new OffscreenCanvas(width, height)
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) }
  }

  getNoAlphaContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D | null {
    return canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  }

  reset({ canvas }: CanvasEntry, width: number, height: number): void {
    canvas.width = width
    canvas.height = height
  }

  destroy({ canvas }: CanvasEntry): void {
    canvas.width = 0
    canvas.height = 0
  }
}

/** Filters are SVG elements of a document, which a worker does not have. What needs one is drawn without it. */
class NoFilters {
  readonly addFilter = none
  readonly addAlphaFilter = none
  readonly addHCMFilter = none
  readonly addKnockoutFilter = none
  readonly addLuminosityFilter = none
  readonly destroy = (): void => undefined
}

function none(): string {
  return 'none'
}
