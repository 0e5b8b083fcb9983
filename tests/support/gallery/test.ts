import { type Browser, type BrowserContextOptions, test as base, type Page } from '@playwright/test'
import { ensureChromium } from '../../../scripts/lib/chromium.ts'
import { serveGallery } from './serve.ts'

/** What the specs of a worker share: the gallery's server and one browser. */
export class Gallery {
  /** URL of the gallery's page; append `?scenario=…`. */
  readonly url: string
  readonly #browser: Browser
  #page: { options: BrowserContextOptions; page: Page } | undefined

  constructor(url: string, browser: Browser) {
    this.url = url
    this.#browser = browser
  }

  /** An empty page of a context with these options. The same options object gets the same page again. */
  async blankPage(options: BrowserContextOptions): Promise<Page> {
    if (this.#page?.options !== options) {
      await this.#page?.page.context().close()
      const context = await this.#browser.newContext(options)
      this.#page = { options, page: await context.newPage() }
    }
    return this.#page.page
  }
}

/**
 * Each test gets a fresh document in the page of its worker. A new page for each test would take twice as long, because its
 * process would compile the app again.
 */
export const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({ playwright }, use) => {
      const server = await serveGallery()
      const browser = await playwright.chromium.launch({ executablePath: await ensureChromium() })
      await use(new Gallery(server.url, browser))
      await browser.close()
      await server.close()
    },
    { scope: 'worker' },
  ],
})
