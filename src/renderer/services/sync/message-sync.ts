import type { ChatSync, MessagePage, PageResult } from '#shared/bridge/replica.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { PAGE_LIMIT } from '../../data/messages-repository.ts'
import type { Wire } from '../../data/wire.ts'
import { WireError } from '../../data/wire-error.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { Report } from '../app/report.ts'
import { Backoff, TaskPool } from '../pace.ts'
import { ApplyQueue } from './apply-queue.ts'
import { CURSOR_OVERLAP_MS } from './feed.ts'

/**
 * Chats read at the same time. A read mostly waits for its response, so fewer would take longer (`npm run bench`); more would time
 * out together on a slow connection.
 */
const MAX_CONCURRENT = 25
/** Largest page of history. If many messages have the same time, a smaller page may contain only stored ones. */
const MAX_PAGE = 1000

export interface MessageSyncOptions {
  replica: AccountBridge
  wire: Wire
  report: Report
}

/**
 * Fetches messages of chats that are behind their document. A chat in step takes its messages from the document itself
 * (`replica.apply`), without a read.
 */
export class MessageSync {
  readonly #options: MessageSyncOptions
  readonly #queue: ApplyQueue
  readonly #pool: TaskPool<ChatId>
  readonly #backoff = new Backoff()
  /** Chats whose last read failed. */
  readonly #failed = new Set<ChatId>()
  /** Chats that the server does not let this person read, for example because they were removed. */
  readonly #unreadable = new Set<ChatId>()
  /** The last task of each chat: tasks of one chat run one after the other. */
  readonly #locks = new Map<ChatId, Promise<unknown>>()
  #retry: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(options: MessageSyncOptions) {
    this.#options = options
    this.#queue = new ApplyQueue(options.replica)
    this.#pool = new TaskPool(MAX_CONCURRENT, (chatId) => this.catchUp(chatId))
  }

  /** Continues with the chats that were behind when the app was closed. */
  async start(): Promise<void> {
    this.behind(await this.#options.replica.call('replica.chatsBehind'))
  }

  /** Call it with the chats that `replica.apply` left behind. Fetches their messages, in this order. */
  behind(chatIds: readonly ChatId[]): void {
    if (this.#stopped) return
    for (const chatId of chatIds) this.#pool.add(chatId)
  }

  /** Resolves when every chat that is behind was read or its read has failed once. */
  whenTried(): Promise<void> {
    return this.#pool.idle()
  }

  /** Whether messages are missing that can be read. */
  async isBehind(): Promise<boolean> {
    const behind = await this.#options.replica.call('replica.chatsBehind')
    return behind.some((chatId) => !this.#unreadable.has(chatId))
  }

  /** Call it when the server responds again: failed chats are retried at once. */
  resume(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#backoff.reset()
    this.#retryFailed()
  }

  /** Resolves when the chat's missing messages are stored or could not be read. Does nothing for a chat that is not behind. */
  async catchUp(chatId: ChatId): Promise<void> {
    this.#failed.delete(chatId)
    this.#unreadable.delete(chatId)
    try {
      await this.#inChat(chatId, async () => {
        const state = await this.#options.replica.call('replica.chatSync', { chatId })
        if (state === undefined || state.revision <= state.syncedRevision || this.#stopped) return
        await this.#read(chatId, state)
      })
    } catch (error) {
      if (this.#stopped) return
      this.#options.report('sync.messages', error)
      // A chat that cannot be read is tried again with its next change.
      const isFinal = error instanceof WireError && ['denied', 'invalid'].includes(error.failure)
      if (isFinal) this.#unreadable.add(chatId)
      if (isFinal) return
      this.#failed.add(chatId)
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined
        this.#retryFailed()
      }, this.#backoff.nextAtRandom())
    }
  }

  /** Reads one more older page into the replica. Rejects with a WireError or a BridgeError. */
  loadHistory(chatId: ChatId): Promise<void> {
    return this.#inChat(chatId, async () => {
      const state = await this.#options.replica.call('replica.chatSync', { chatId })
      if (state === undefined) return
      let isComplete = state.historyComplete
      for (let size = PAGE_LIMIT; !isComplete && size <= MAX_PAGE; size *= 4) {
        const page = await this.#options.wire.messages.history(chatId, state.oldest?.sentAt ?? null, size)
        isComplete = !page.full
        const { inserted } = await this.#apply(chatId, page.items, {
          source: 'history',
          historyComplete: isComplete,
        })
        if (inserted > 0) return
      }
    })
  }

  stop(): void {
    this.#stopped = true
    this.#pool.clear()
    clearTimeout(this.#retry)
  }

  #retryFailed(): void {
    for (const chatId of this.#failed) this.#pool.add(chatId)
  }

  async #read(chatId: ChatId, state: ChatSync): Promise<void> {
    if (state.needsFirstPage) await this.#loadNewest(chatId, state)
    else if (state.cursor > 0 && state.revision === state.syncedRevision + 1)
      await this.#readChanged(chatId, state)
    else await this.#drain(chatId, state)
  }

  /** Only one write is missing, and it changed a message that is not the newest. Fetches that message alone. */
  async #readChanged(chatId: ChatId, state: ChatSync): Promise<void> {
    const { changed, revision, messageCount } = state
    const message = changed === null ? undefined : await this.#options.wire.messages.get(chatId, changed)
    await this.#apply(chatId, message === undefined ? [] : [message], {
      cursor: message?.updatedAt ?? null,
      syncedCount: messageCount,
      syncedRevision: revision,
    })
  }

  /** Reads the newest page of a chat that is older than this replica. Older pages are read on demand. */
  async #loadNewest(chatId: ChatId, { messageCount, revision, updatedAt }: ChatSync): Promise<void> {
    const page = await this.#options.wire.messages.history(chatId, null)
    // The page may be newer than the chat's document.
    const later = page.items.filter(({ sentAt }) => sentAt > updatedAt).length
    await this.#apply(chatId, page.items, {
      source: 'history',
      cursor: page.cursor ?? updatedAt,
      syncedCount: messageCount + later,
      syncedRevision: revision,
      historyComplete: !page.full,
    })
  }

  /** Reads everything that changed after the cursor. A new chat has none and is read from its beginning. */
  async #drain(chatId: ChatId, state: ChatSync): Promise<void> {
    const { cursor, revision, messageCount } = state
    const missing = revision - state.syncedRevision
    let read = await this.#readChanges(chatId, cursor)
    // Too few changes: one may have become visible after a later one, so read again from before the cursor. Or one message has
    // changed several times and is read only once: then nothing is missing.
    const isExplained = read.changed >= missing && read.syncedCount >= messageCount
    if (!isExplained && cursor > 0)
      read = await this.#readChanges(chatId, Math.max(0, cursor - CURSOR_OVERLAP_MS))
    const gap = messageCount - read.syncedCount
    if (gap > 0) this.#options.report('sync.gap', `${String(gap)} messages missing`)
    await this.#apply(chatId, [], { syncedCount: messageCount, syncedRevision: revision })
  }

  async #readChanges(chatId: ChatId, since: number): Promise<{ changed: number; syncedCount: number }> {
    const total = { changed: 0, syncedCount: 0 }
    const historyComplete = since === 0 ? true : null
    for await (const { items, cursor } of this.#options.wire.messages.changes(chatId, since)) {
      const { changed, syncedCount } = await this.#apply(chatId, items, { cursor, historyComplete })
      total.changed += changed
      total.syncedCount = syncedCount
    }
    return total
  }

  #apply(
    chatId: ChatId,
    messages: WireMessage[],
    page: Partial<Omit<MessagePage, 'chatId' | 'messages'>>,
  ): Promise<PageResult> {
    return this.#queue.apply({
      chatId,
      messages,
      source: 'live',
      cursor: null,
      syncedCount: null,
      syncedRevision: null,
      historyComplete: null,
      ...page,
    })
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
