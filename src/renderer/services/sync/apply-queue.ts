import type { MessagePage, PageResult } from '#shared/bridge/replica.ts'
import type { AccountBridge } from '../../platform/bridge.ts'

/** Maximum number of pages in one call, so that a call does not block the store for long. */
const MAX_PAGES = 50

interface Waiting {
  page: MessagePage
  resolve: (result: PageResult) => void
  reject: (error: unknown) => void
}

/**
 * Stores pages of messages. Pages that arrive while a call is in flight go together into the next one: one transaction and one
 * render for many chats.
 */
export class ApplyQueue {
  readonly #replica: AccountBridge
  readonly #waiting: Waiting[] = []
  #isBusy = false

  constructor(replica: AccountBridge) {
    this.#replica = replica
  }

  /** Pages are stored in the order of the calls. Rejects with a BridgeError. */
  apply(page: MessagePage): Promise<PageResult> {
    const { promise, resolve, reject } = Promise.withResolvers<PageResult>()
    this.#waiting.push({ page, resolve, reject })
    if (!this.#isBusy) void this.#run()
    return promise
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    // Waits one tick, so that pages added together go into one call.
    await Promise.resolve()
    while (this.#waiting.length > 0) await this.#store(this.#waiting.splice(0, MAX_PAGES))
    this.#isBusy = false
  }

  async #store(batch: readonly Waiting[]): Promise<void> {
    try {
      const pages = batch.map(({ page }) => page)
      const results = await this.#replica.call('replica.applyMessages', pages)
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index]
        if (result === undefined) reject(new Error('a page has no result'))
        else resolve(result)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
