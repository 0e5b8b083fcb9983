import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { Report } from '../app/report.ts'

/** A message takes at most this long after its push while the connection works, in ms. */
const PATIENCE_MS = 8000
/** A push may also be about a message that this person cannot read any more. So its silence counts at most this often, in ms. */
const PAUSE_MS = 60_000
/** The message is looked for among so many of its chat. */
const NEWEST = 100

export interface PushHintsOptions {
  replica: AccountBridge
  /** A message did not come: the connection may be dead without the SDK noticing. */
  onSilence: () => void
  report: Report
}

/** Checks with each push whether its message has come over the connection of the page. */
export class PushHints {
  readonly #options: PushHintsOptions
  readonly #unsubscribe: () => void
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #silentAt = -Infinity

  constructor(options: PushHintsOptions) {
    this.#options = options
    this.#unsubscribe = options.replica.on('push.hinted', ({ chatId, messageId }) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        void this.#check(chatId, messageId)
      }, PATIENCE_MS)
      this.#timers.add(timer)
    })
  }

  stop(): void {
    this.#unsubscribe()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  async #check(chatId: ChatId, messageId: MessageId): Promise<void> {
    const { replica, onSilence, report } = this.#options
    try {
      if (performance.now() - this.#silentAt < PAUSE_MS) return
      const newest = await replica.call('replica.messages', { chatId, before: null, limit: NEWEST })
      if (newest.some(({ id }) => id === messageId)) return
      this.#silentAt = performance.now()
      onSilence()
    } catch (error) {
      report('push.hint', error)
    }
  }
}
