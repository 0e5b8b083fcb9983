import type { Chat, WireChat } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/domain/message.ts'
import { PAGE_LIMIT } from '../data/messages-repository.ts'
import type { Wire } from '../data/wire.ts'
import { WireError } from '../data/wire-error.ts'
import type { Result } from '#shared/bridge.ts'
import type { Platform } from '../platform/bridge.ts'
import { Feed, OVERLAP_MS } from './feed.ts'
import { Backoff, TaskPool } from './pace.ts'
import type { Report } from './report.ts'

/** A read mostly waits for its answer, so fewer take longer (`npm run bench`); more would be late together on a slow line. */
const AT_A_TIME = 12
/** The open chat’s own listener brings what its chat announces; this long after, however slow the line, what it brought is checked. */
const CHECK_AFTER_MS = 10_000

export interface MessageSyncOptions {
  platform: Platform
  wire: Wire
  report: Report
  /** Nothing is owed any more. */
  onCaughtUp: () => void
}

/** What a chat's document says of its messages. `isNew`: it was not there when this device was set up. */
interface Target {
  messageCount: number
  updatedAt: number
  lastSentAt: number | null
  isNew: boolean
}

/** Brings chats' messages from the wire into the replica: drains changed chats, follows the open one, loads history. */
export class MessageSync {
  readonly #options: MessageSyncOptions
  readonly #pool: TaskPool<ChatId>
  readonly #backoff = new Backoff()
  /** Chats whose messages are still to be brought up to what their document says. */
  readonly #targets = new Map<ChatId, Target>()
  /** What is done to one chat's messages is done one after the other. */
  readonly #locks = new Map<ChatId, Promise<unknown>>()
  #open: { chatId: ChatId; feed?: Feed<WireMessage> } | undefined
  /** Checks of chats that were open when they changed, by chat. */
  readonly #checks = new Map<ChatId, ReturnType<typeof setTimeout>>()
  #retry: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(options: MessageSyncOptions) {
    this.#options = options
    this.#pool = new TaskPool(AT_A_TIME, (chatId) => this.#drain(chatId))
  }

  /** Chats changed: their messages are brought here, those of the first chat first. */
  changed(chats: readonly WireChat[], isNew: boolean): void {
    for (const { id, messageCount, updatedAt, last } of chats) {
      const target = { messageCount, updatedAt, lastSentAt: last?.sentAt ?? null, isNew }
      this.#targets.set(id, target)
      if (this.isFollowing(id)) this.#checkLater(id, target)
      else this.#pool.add(id)
    }
  }

  /** The chat is open, and its listener brings what changes in it. */
  isFollowing(chatId: ChatId): boolean {
    return this.#open?.chatId === chatId && this.#open.feed !== undefined
  }

  /** A check that waits is not put off by the next change, or a busy chat would never be checked. */
  #checkLater(chatId: ChatId, due: Target): void {
    if (this.#checks.has(chatId)) return
    const check = setTimeout(() => {
      this.#checks.delete(chatId)
      void this.#checkNow(chatId, due)
    }, CHECK_AFTER_MS)
    this.#checks.set(chatId, check)
  }

  /** What has changed since the check began to wait may still be on its way: it has a check of its own. */
  async #checkNow(chatId: ChatId, due: Target): Promise<void> {
    const newest = this.#targets.get(chatId)
    try {
      const isHere = isReached(due, await this.#chatSync(chatId))
      if (isHere && newest !== undefined && newest !== due) this.#checkLater(chatId, newest)
      else this.#pool.add(chatId)
    } catch (error) {
      this.#options.report('sync.check', error)
    }
  }

  /** Settles when all chats that changed were tried. */
  tried(): Promise<void> {
    return this.#pool.idle()
  }

  /** When the first of the changes that are still to be brought here happened (server ms); Infinity: there are none. */
  get owedSince(): number {
    return Math.min(...[...this.#targets.values()].map(({ updatedAt }) => updatedAt))
  }

  /** The server answers again: what failed is tried at once. */
  resume(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#backoff.reset()
    for (const chatId of this.#targets.keys()) this.#pool.add(chatId)
  }

  /** Follows this chat alone from now on. Settles when the messages it has missed are here, or cannot be had. */
  async open(chat: Pick<Chat, 'id' | 'onWire' | 'messageCount' | 'updatedAt' | 'last'>): Promise<void> {
    const { id, onWire, messageCount, updatedAt, last } = chat
    if (this.#open?.chatId === id) return
    this.close()
    this.#open = { chatId: id }
    if (onWire && !this.#targets.has(id)) {
      const lastSentAt = last?.delivery === 'sent' ? last.sentAt : null
      this.#targets.set(id, { messageCount, updatedAt, lastSentAt, isNew: true })
    }
    await this.#drain(id)
  }

  /** Follows no chat any more; what the listener has not brought yet is brought like that of any other chat. */
  close(): void {
    const open = this.#open
    this.#open = undefined
    open?.feed?.stop()
    if (open !== undefined && this.#targets.has(open.chatId)) this.#pool.add(open.chatId)
  }

  /** As in Sync. */
  renew(): void {
    this.#open?.feed?.renew()
  }

  /** Brings one more older page into the replica. Rejects with a WireError or a BridgeError. */
  loadHistory(chatId: ChatId): Promise<void> {
    return this.#inChat(chatId, async () => {
      const { oldest, historyComplete } = await this.#chatSync(chatId)
      let isComplete = historyComplete
      // Many messages of one and the same time could fill a page with what is known already: then a larger one is asked for.
      for (let size = PAGE_LIMIT; !isComplete && size <= 1000; size *= 4) {
        const page = await this.#options.wire.messages.history(chatId, oldest?.sentAt ?? null, size)
        isComplete = !page.full
        const { inserted } = await this.#options.platform.call('replica.applyMessages', {
          chatId,
          messages: page.items,
          source: 'history',
          mark: null,
          syncedCount: null,
          historyComplete: isComplete,
        })
        if (inserted > 0) return
      }
    })
  }

  stop(): void {
    this.#stopped = true
    this.close()
    this.#pool.clear()
    for (const check of this.#checks.values()) clearTimeout(check)
    clearTimeout(this.#retry)
  }

  async #drain(chatId: ChatId): Promise<void> {
    try {
      await this.#inChat(chatId, async () => {
        const target = this.#targets.get(chatId)
        if (target === undefined || this.#stopped) return
        await this.#catchUp(chatId, target)
        if (this.#targets.get(chatId) === target) this.#targets.delete(chatId)
      })
      await this.#followOpen(chatId)
    } catch (error) {
      if (this.#stopped) return
      this.#options.report('sync.messages', error)
      const isFinal =
        error instanceof WireError && (error.failure === 'denied' || error.failure === 'invalid')
      if (isFinal) this.#targets.delete(chatId)
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined
        for (const waiting of this.#targets.keys()) this.#pool.add(waiting)
      }, this.#backoff.next())
    }
    if (this.#targets.size === 0) this.#options.onCaughtUp()
  }

  /** Starts to listen to the open chat, once there is something on the wire to listen to. */
  async #followOpen(chatId: ChatId): Promise<void> {
    if (this.#open?.chatId !== chatId || this.#open.feed !== undefined) return
    const { mark } = await this.#chatSync(chatId)
    if (this.#stopped || this.#open?.chatId !== chatId || this.#open.feed !== undefined || mark === 0) return
    this.#open.feed = new Feed({
      name: 'openChat',
      since: mark,
      follow: (since, listener) => this.#options.wire.messages.follow(chatId, since, listener),
      apply: async (messages, reached) => {
        await this.#inChat(chatId, () => this.#takeLive(chatId, messages, reached))
      },
      report: this.#options.report,
    })
  }

  async #catchUp(chatId: ChatId, target: Target): Promise<void> {
    const reached = await this.#chatSync(chatId)
    const { mark } = reached
    if (mark === 0) {
      // A new chat may hold messages queued on this device: it is read from the start, so that they sort in.
      if (target.isNew) await this.#readChanges(chatId, 0)
      else await this.#loadNewest(chatId, target)
      return
    }
    if (isReached(target, reached)) return
    const count = await this.#readChanges(chatId, mark)
    if (count >= target.messageCount) return
    // Something was committed after what came later.
    const recount = await this.#readChanges(chatId, Math.max(0, mark - OVERLAP_MS))
    if (recount >= target.messageCount) return
    this.#options.report('sync.gap', `${String(target.messageCount - recount)} messages missing`)
    await this.#options.platform.call('replica.applyMessages', {
      chatId,
      messages: [],
      source: 'live',
      mark: null,
      syncedCount: target.messageCount,
      historyComplete: null,
    })
  }

  /** The newest page of a chat that is older than this replica; what comes before is read when it is asked for. */
  async #loadNewest(chatId: ChatId, { messageCount, updatedAt, lastSentAt }: Target): Promise<void> {
    const page = await this.#options.wire.messages.history(chatId, null)
    // The page may know more than the chat's document did.
    const later = page.items.filter(({ sentAt }) => lastSentAt !== null && sentAt > lastSentAt).length
    await this.#options.platform.call('replica.applyMessages', {
      chatId,
      messages: page.items,
      source: 'history',
      mark: page.mark ?? updatedAt,
      syncedCount: messageCount + later,
      historyComplete: !page.full,
    })
  }

  /**
   * Everything that changed after `since` (0: since the chat began), page by page; answers how many of the chat's messages are
   * accounted for then.
   */
  async #readChanges(chatId: ChatId, since: number): Promise<number> {
    let count = 0
    for await (const { items, mark } of this.#options.wire.messages.changes(chatId, since)) {
      count = await this.#takeLive(chatId, items, mark, since === 0)
    }
    return count
  }

  async #takeLive(
    chatId: ChatId,
    messages: WireMessage[],
    mark: number | null,
    historyComplete: boolean | null = null,
  ): Promise<number> {
    const { syncedCount } = await this.#options.platform.call('replica.applyMessages', {
      chatId,
      messages,
      source: 'live',
      mark,
      syncedCount: null,
      historyComplete,
    })
    return syncedCount
  }

  #chatSync(chatId: ChatId): Promise<Result<'replica.chatSync'>> {
    return this.#options.platform.call('replica.chatSync', { chatId })
  }

  #inChat<T>(chatId: ChatId, task: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(chatId) ?? Promise.resolve()
    const result = before.then(task, task)
    this.#locks.set(chatId, result)
    void result
      .catch(() => undefined)
      .then(() => {
        if (this.#locks.get(chatId) === result) this.#locks.delete(chatId)
      })
    return result
  }
}

function isReached(target: Target, { mark, syncedCount }: Result<'replica.chatSync'>): boolean {
  return target.updatedAt <= mark && target.messageCount <= syncedCount
}
