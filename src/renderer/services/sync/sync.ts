import type { Privacy } from '#shared/domain/account.ts'
import type { WireChat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { collectionNames, toBatch, type CollectionName, type Item } from '#shared/collections/index.ts'
import type { Wire } from '../../data/wire.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import type { Profiles } from '../people/profiles.ts'
import type { ConnectionMonitor } from '../session/connection.ts'
import { Feed, inParts } from './feed.ts'
import type { MessageSync } from './message-sync.ts'

const DAY_MS = 24 * 3_600_000

export interface SyncOptions {
  replica: AccountBridge
  store: AppStore
  wire: Wire
  me: UserId
  connection: ConnectionMonitor
  messages: MessageSync
  profiles: Profiles
  report: Report
  /** The server responds (again), or has stopped responding. */
  onLive: (live: boolean) => void
  /** The privacy on the wire, which another device may have set. */
  onPrivacy: (privacy: Privacy) => void
}

/** Special handling of a collection. `apply` replaces storing the items. */
interface Hooks<N extends CollectionName> {
  apply?: (items: Item<N>[], cursor: number) => Promise<void>
  onLive?: (live: boolean) => void
}

/** Keeps every synced collection up to date with the wire, starting from the cursors that the replica stores. */
export class Sync {
  readonly #options: SyncOptions
  readonly #feeds = new Map<CollectionName, { stop(): void; renew(): void }>()
  readonly #hooks: { readonly [N in CollectionName]?: Hooks<N> } = {
    chats: {
      apply: (chats, cursor) => this.#applyChats(chats, cursor),
      onLive: (live) => this.#setLive(live),
    },
    privacy: {
      apply: async (items, cursor) => {
        for (const privacy of items) this.#options.onPrivacy(privacy)
        await this.#store('privacy', items, cursor)
      },
    },
  }
  /** True on a replica without a cursor until its first batch is applied: the chats in it are not new. */
  #isFresh = true
  /** True until the messages of that batch are stored. */
  #isFirstLoad = true
  /** Up to here, chats have been read (server ms). */
  #reached = 0
  /** Up to here, their messages have been stored too: the sync cursor of the chats (server ms). */
  #cursor = 0
  #reconciledAt = -Infinity
  #isReconciling = false
  #isLive = false
  #stopped = false

  constructor(options: SyncOptions) {
    this.#options = options
  }

  /** Rejects with a BridgeError when the cursors cannot be read. */
  async start(): Promise<void> {
    const cursors = await this.#options.replica.call('replica.syncCursors')
    if (this.#stopped) return
    this.#reached = cursors.chats ?? 0
    this.#cursor = this.#reached
    this.#isFresh = this.#reached === 0
    this.#isFirstLoad = this.#isFresh
    if (!this.#isFresh) this.#options.store.setState({ firstSyncDone: true })
    for (const name of collectionNames) this.#feeds.set(name, this.#feed(name, cursors[name] ?? 0))
  }

  /** Call it after the system slept: a listener that resumes after a long time would be billed again for all it has delivered. */
  renew(): void {
    for (const feed of this.#feeds.values()) feed.renew()
  }

  /** Call it when the rules denied a presence write: another device may have changed the privacy. */
  fetchPrivacy(): void {
    this.#feeds.get('privacy')?.renew()
  }

  stop(): void {
    this.#stopped = true
    for (const feed of this.#feeds.values()) feed.stop()
  }

  #feed<N extends CollectionName>(name: N, since: number): Feed<Item<N>> {
    const { wire, report } = this.#options
    const hooks: Hooks<N> | undefined = this.#hooks[name]
    return new Feed<Item<N>>({
      name,
      since,
      follow: (from, listener) => wire.follow(name, from, listener),
      apply: hooks?.apply ?? ((items, cursor) => this.#store(name, items, cursor)),
      ...(hooks?.onLive && { onLive: hooks.onLive }),
      report,
    })
  }

  async #store<N extends CollectionName>(name: N, items: Item<N>[], cursor: number | null): Promise<void> {
    await this.#options.replica.call('replica.apply', toBatch(name, items, cursor === 0 ? null : cursor))
  }

  async #applyChats(chats: WireChat[], cursor: number): Promise<void> {
    const { messages, profiles, me, store } = this.#options
    const isNew = !this.#isFresh
    // The open chat's own listener receives its messages right after this batch. Wait for it, so that they are shown first.
    if (chats.some(({ id }) => messages.isFollowing(id))) await new Promise((resolve) => setTimeout(resolve))
    const newestFirst = chats.toSorted((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0))
    await this.#store('chats', newestFirst, null)
    store.setState({ firstSyncDone: true })
    messages.changed(newestFirst, isNew)
    this.#reached = Math.max(this.#reached, cursor)
    profiles.fetchMissing(
      new Set(newestFirst.flatMap(({ memberIds }) => memberIds).filter((id) => id !== me)),
    )
    await this.moveCursor()
  }

  /**
   * Moves the cursor of the chats. It passes a chat's change only when the chat's messages are stored too. On a fresh replica it
   * stays until all messages are stored, so that an interrupted first load starts again. Call it when nothing is pending.
   */
  async moveCursor(): Promise<void> {
    const { messages, report } = this.#options
    const { pendingSince } = messages
    if (pendingSince === Infinity) this.#isFirstLoad = false
    const cursor = Math.min(this.#reached, pendingSince - 1)
    if (this.#stopped || this.#isFirstLoad || cursor <= this.#cursor) return
    this.#cursor = cursor
    try {
      await this.#store('chats', [], cursor)
    } catch (error) {
      report('sync.cursor', error)
    }
  }

  #setLive(live: boolean): void {
    const hasChanged = live !== this.#isLive
    this.#isLive = live
    if (!hasChanged) return
    this.#options.connection.setLive(live)
    this.#options.onLive(live)
    if (!live) return
    this.#options.messages.resume()
    this.#options.store.setState({ firstSyncDone: true })
    void this.#reconcile().finally(() => {
      this.#isFresh = false
    })
  }

  /**
   * Once a day: finds groups that were left on another device, and chats that were missed. Compares the counts, and fetches the
   * list only when they differ. Never removes a direct chat, even when the list does not contain it.
   */
  async #reconcile(): Promise<void> {
    const { replica, store, wire, messages, report } = this.#options
    if (this.#isReconciling || this.#isFresh || this.#reconciledAt > Date.now() - DAY_MS) return
    this.#isReconciling = true
    try {
      await messages.whenTried()
      const stored = [...store.getState().chats.values()].filter(({ onWire }) => onWire)
      if ((await wire.chats.count()) !== stored.length) {
        const { chats, ids } = await wire.chats.all()
        if (this.#stopped) return
        const left = stored.filter(({ id, kind }) => kind === 'group' && !ids.has(id)).map(({ id }) => id)
        for (const chatIds of inParts(left)) await replica.call('replica.removeChats', { chatIds })
        const missed = chats.filter(({ id }) => !store.getState().chats.has(id))
        for (const part of inParts(missed)) await this.#applyChats(part, 0)
      }
      this.#reconciledAt = Date.now()
    } catch (error) {
      report('sync.reconcile', error)
    } finally {
      this.#isReconciling = false
    }
  }
}
