import type { Chat, WireChat } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { PAGE_LIMIT } from '../../data/messages-repository.ts'
import type { Wire } from '../../data/wire.ts'
import { WireError } from '../../data/wire-error.ts'
import type { Result } from '#shared/bridge/index.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import { CURSOR_OVERLAP_MS, Feed } from './feed.ts'
import { Backoff, TaskPool } from '../pace.ts'
import type { Report } from '../app/report.ts'

/**
 * Chats read at the same time. A read mostly waits for its response, so fewer would take longer (`npm run bench`); more would time
 * out together on a slow connection.
 */
const MAX_CONCURRENT = 12
/** Time between a change of the open chat and the check whether its own listener has delivered the messages, in ms. */
const CHECK_AFTER_MS = 10_000

export interface MessageSyncOptions {
  replica: AccountBridge
  wire: Wire
  report: Report
  /** All changed chats are up to date. */
  onCaughtUp: () => void
}

/** The state of a chat's messages by its document. `isNew`: the chat was created after this device was set up. */
interface Target {
  messageCount: number
  updatedAt: number
  lastSentAt: number | null
  isNew: boolean
}

/** Reads chats' messages from the wire into the replica: drains changed chats, follows the open one, loads history. */
export class MessageSync {
  readonly #options: MessageSyncOptions
  readonly #pool: TaskPool<ChatId>
  readonly #backoff = new Backoff()
  /** Chats whose stored messages are behind their document. */
  readonly #targets = new Map<ChatId, Target>()
  /** The last task of each chat: tasks of one chat run one after the other. */
  readonly #locks = new Map<ChatId, Promise<unknown>>()
  #open: { chatId: ChatId; feed?: Feed<WireMessage> } | undefined
  /** Timers that check the chats that were open when they changed. */
  readonly #checks = new Map<ChatId, ReturnType<typeof setTimeout>>()
  #retry: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(options: MessageSyncOptions) {
    this.#options = options
    this.#pool = new TaskPool(MAX_CONCURRENT, (chatId) => this.#drain(chatId))
  }

  /** Call it when chats changed. Reads their messages, in this order. */
  changed(chats: readonly WireChat[], isNew: boolean): void {
    for (const { id, messageCount, updatedAt, last } of chats) {
      const target = { messageCount, updatedAt, lastSentAt: last?.sentAt ?? null, isNew }
      this.#targets.set(id, target)
      if (this.isFollowing(id)) this.#checkLater(id, target)
      else this.#pool.add(id)
    }
  }

  /** Whether the chat is open and its own listener delivers its changes. */
  isFollowing(chatId: ChatId): boolean {
    return this.#open?.chatId === chatId && this.#open.feed !== undefined
  }

  /** A later change does not postpone a waiting check. Otherwise a busy chat would never be checked. */
  #checkLater(chatId: ChatId, due: Target): void {
    if (this.#checks.has(chatId)) return
    const check = setTimeout(() => {
      this.#checks.delete(chatId)
      void this.#checkNow(chatId, due)
    }, CHECK_AFTER_MS)
    this.#checks.set(chatId, check)
  }

  /** Later changes may still be on their way: they get their own check. */
  async #checkNow(chatId: ChatId, due: Target): Promise<void> {
    const newest = this.#targets.get(chatId)
    try {
      const isStored = isReached(due, await this.#chatSync(chatId))
      if (isStored && newest !== undefined && newest !== due) this.#checkLater(chatId, newest)
      else this.#pool.add(chatId)
    } catch (error) {
      this.#options.report('sync.check', error)
    }
  }

  /** Resolves when every changed chat was read or its read has failed once. */
  whenTried(): Promise<void> {
    return this.#pool.idle()
  }

  /** Server time (ms) of the oldest change that is not stored yet; Infinity when there is none. */
  get pendingSince(): number {
    return Math.min(...[...this.#targets.values()].map(({ updatedAt }) => updatedAt))
  }

  /** Call it when the server responds again: failed chats are retried at once. */
  resume(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#backoff.reset()
    for (const chatId of this.#targets.keys()) this.#pool.add(chatId)
  }

  /** Follows only this chat from now on. Resolves when its missing messages are stored or could not be read. */
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

  /** Stops following. Messages that the listener has not delivered yet are drained as for any other chat. */
  close(): void {
    const open = this.#open
    this.#open = undefined
    open?.feed?.stop()
    if (open !== undefined && this.#targets.has(open.chatId)) this.#pool.add(open.chatId)
  }

  /** See Sync.renew. */
  renew(): void {
    this.#open?.feed?.renew()
  }

  /** Reads one more older page into the replica. Rejects with a WireError or a BridgeError. */
  loadHistory(chatId: ChatId): Promise<void> {
    return this.#inChat(chatId, async () => {
      const { oldest, historyComplete } = await this.#chatSync(chatId)
      let isComplete = historyComplete
      // Many messages with the same time can fill a page with stored ones. Then a larger page is read.
      for (let size = PAGE_LIMIT; !isComplete && size <= 1000; size *= 4) {
        const page = await this.#options.wire.messages.history(chatId, oldest?.sentAt ?? null, size)
        isComplete = !page.full
        const { inserted } = await this.#options.replica.call('replica.applyMessages', {
          chatId,
          messages: page.items,
          source: 'history',
          cursor: null,
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

  /** Subscribes to the open chat once it exists on the wire. */
  async #followOpen(chatId: ChatId): Promise<void> {
    if (this.#open?.chatId !== chatId || this.#open.feed !== undefined) return
    const { cursor } = await this.#chatSync(chatId)
    if (this.#stopped || this.#open?.chatId !== chatId || this.#open.feed !== undefined || cursor === 0)
      return
    this.#open.feed = new Feed({
      name: 'openChat',
      since: cursor,
      follow: (since, listener) => this.#options.wire.messages.follow(chatId, since, listener),
      apply: async (messages, reached) => {
        await this.#inChat(chatId, () => this.#applyLive(chatId, messages, reached))
      },
      report: this.#options.report,
    })
  }

  async #catchUp(chatId: ChatId, target: Target): Promise<void> {
    const reached = await this.#chatSync(chatId)
    const { cursor } = reached
    if (cursor === 0) {
      // A new chat may hold messages queued on this device. Reading it from the start puts them in order.
      if (target.isNew) await this.#readChanges(chatId, 0)
      else await this.#loadNewest(chatId, target)
      return
    }
    if (isReached(target, reached)) return
    const count = await this.#readChanges(chatId, cursor)
    if (count >= target.messageCount) return
    // A gap: a message was committed after a later change. Read the overlap again.
    const recount = await this.#readChanges(chatId, Math.max(0, cursor - CURSOR_OVERLAP_MS))
    if (recount >= target.messageCount) return
    this.#options.report('sync.gap', `${String(target.messageCount - recount)} messages missing`)
    await this.#options.replica.call('replica.applyMessages', {
      chatId,
      messages: [],
      source: 'live',
      cursor: null,
      syncedCount: target.messageCount,
      historyComplete: null,
    })
  }

  /** Reads the newest page of a chat that is older than this replica. Older pages are read on demand. */
  async #loadNewest(chatId: ChatId, { messageCount, updatedAt, lastSentAt }: Target): Promise<void> {
    const page = await this.#options.wire.messages.history(chatId, null)
    // The page may be newer than the chat's document.
    const later = page.items.filter(({ sentAt }) => lastSentAt !== null && sentAt > lastSentAt).length
    await this.#options.replica.call('replica.applyMessages', {
      chatId,
      messages: page.items,
      source: 'history',
      cursor: page.cursor ?? updatedAt,
      syncedCount: messageCount + later,
      historyComplete: !page.full,
    })
  }

  /** Reads everything that changed after `since` (0: from the chat's beginning), page by page. Returns the new syncedCount. */
  async #readChanges(chatId: ChatId, since: number): Promise<number> {
    let count = 0
    for await (const { items, cursor } of this.#options.wire.messages.changes(chatId, since)) {
      count = await this.#applyLive(chatId, items, cursor, since === 0)
    }
    return count
  }

  async #applyLive(
    chatId: ChatId,
    messages: WireMessage[],
    cursor: number | null,
    historyComplete: boolean | null = null,
  ): Promise<number> {
    const { syncedCount } = await this.#options.replica.call('replica.applyMessages', {
      chatId,
      messages,
      source: 'live',
      cursor,
      syncedCount: null,
      historyComplete,
    })
    return syncedCount
  }

  #chatSync(chatId: ChatId): Promise<Result<'replica.chatSync'>> {
    return this.#options.replica.call('replica.chatSync', { chatId })
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

function isReached(target: Target, { cursor, syncedCount }: Result<'replica.chatSync'>): boolean {
  return target.updatedAt <= cursor && target.messageCount <= syncedCount
}
