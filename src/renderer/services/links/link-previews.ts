import type { ChatId } from '#shared/domain/ids.ts'
import { previewedLink } from '#shared/domain/text-links.ts'
import { LINK_LIMITS, linkPreviewSchema, type LinkPreview } from '#shared/messages/link-preview.ts'
import { BridgeError } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import { inlinePicture, type InlineSize } from '../attach/inline-picture.ts'
import type { PhotoRenderer } from '../attach/photo-tasks.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { LinkPreviewsService } from '../services.ts'
import type { CurrentAccount } from '../session/account-session.ts'

const PICTURE: InlineSize = { side: 128, limit: LINK_LIMITS.image }
/** Previews that are remembered. */
const KNOWN = 50

export interface LinkPreviewsOptions {
  store: AppStore
  account: CurrentAccount
  photos: PhotoRenderer
  report: Report
}

/** Previews of the links in drafts. Each page is loaded once, also when the draft changes around its link. */
export class LinkPreviews implements LinkPreviewsService {
  readonly #options: LinkPreviewsOptions
  readonly #known = new Map<string, Promise<LinkPreview | null>>()
  /** Links without a preview: the page has none, or could not be loaded. The next draft tries them again. */
  readonly #without = new Set<string>()
  /** The link whose preview was removed from the draft of a chat. */
  readonly #dismissed = new Map<ChatId, string>()

  constructor(options: LinkPreviewsOptions) {
    this.#options = options
    options.store.subscribe(({ session }, before) => {
      if (session === before.session || session.phase === 'ready') return
      this.#known.clear()
      this.#without.clear()
      this.#dismissed.clear()
    })
  }

  async find(chatId: ChatId, text: string): Promise<LinkPreview | null> {
    const url = previewedLink(text)
    if (url === null || this.#dismissed.get(chatId) === url) return null
    try {
      const preview = await this.#load(url)
      if (preview === null) this.#without.add(url)
      return preview
    } catch (error) {
      this.#known.delete(url)
      // Refused: too many previews, or they were turned off meanwhile. There is nothing to repair.
      if (!(error instanceof BridgeError) || error.code !== 'refused')
        this.#options.report('links.preview', error)
      return null
    }
  }

  dismiss(chatId: ChatId, { url }: LinkPreview): void {
    this.#dismissed.set(chatId, url)
  }

  sent(chatId: ChatId): void {
    this.#dismissed.delete(chatId)
    for (const url of this.#without) this.#known.delete(url)
    this.#without.clear()
  }

  #load(url: string): Promise<LinkPreview | null> {
    const known = this.#known.get(url)
    if (known !== undefined) return known
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size >= KNOWN) this.#known.delete(oldest)
    const loading = this.#fetch(url)
    this.#known.set(url, loading)
    return loading
  }

  async #fetch(url: string): Promise<LinkPreview | null> {
    const { account, photos } = this.#options
    const page = await currentReplica(account).call('preview.fetch', { url })
    if (page === null) return null
    const image = page.image && (await inlinePicture(photos, new Blob([new Uint8Array(page.image)]), PICTURE))
    return linkPreviewSchema.parse({ url, title: page.title, description: page.description, image })
  }
}
