import type { Privacy } from '#shared/domain/account.ts'
import type { WireChat } from '#shared/domain/chat.ts'
import { chatIdSchema, type UserId } from '#shared/domain/ids.ts'
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
  onGone?: (ids: readonly string[]) => void
}

/** Keeps every synced collection up to date with the wire, starting from the cursors that the replica stores. */
export class Sync {
  readonly #options: SyncOptions
  readonly #feeds = new Map<CollectionName, { stop(): void; renew(): void }>()
  readonly #hooks: { readonly [N in CollectionName]?: Hooks<N> } = {
    chats: {
      apply: (chats, cursor) => this.#applyChats(chats, cursor),
      onLive: (live) => this.#setLive(live),
      onGone: (ids) => void this.#checkGone(ids),
    },
    privacy: {
      apply: async (items, cursor) => {
        for (const privacy of items) this.#options.onPrivacy(privacy)
        await this.#store('privacy', items, cursor)
      },
    },
  }
  /**
   * True on a new replica until all chats that exist are stored; they may come in several pages. Until then no cursor of the chats
   * is stored: while it is missing, the replica treats each chat as older than itself (`applyChat`).
   */
  #isFresh = true
  /** The first load has read the chats up to this time (server ms). */
  #reached = 1
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
    this.#isFresh = cursors.chats === undefined
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
      ...(hooks?.onGone && { onGone: hooks.onGone }),
      report,
    })
  }

  async #store<N extends CollectionName>(name: N, items: Item<N>[], cursor: number): Promise<void> {
    await this.#options.replica.call('replica.apply', toBatch(name, items, cursor === 0 ? null : cursor))
  }

  async #applyChats(chats: WireChat[], cursor: number): Promise<void> {
    const { messages, profiles, me, replica, store } = this.#options
    const newestFirst = chats.toSorted((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0))
    this.#reached = Math.max(this.#reached, cursor)
    const batch = toBatch('chats', newestFirst, this.#isFresh || cursor === 0 ? null : cursor)
    const { behind } = await replica.call('replica.apply', batch)
    store.setState({ firstSyncDone: true })
    messages.behind(behind)
    profiles.fetchMissing(
      new Set(newestFirst.flatMap(({ memberIds }) => memberIds).filter((id) => id !== me)),
    )
  }

  /** A chat leaves the query when this person is no longer a member, or when the query's limit pushes it out. */
  async #checkGone(ids: readonly string[]): Promise<void> {
    const { replica, store, wire, report } = this.#options
    try {
      for (const chat of ids.map((id) => store.getState().chats.get(chatIdSchema.parse(id)))) {
        if (chat?.kind !== 'group' || chat.former || (await wire.chats.get(chat.id)) !== undefined) continue
        await replica.call('replica.leaveChats', { chatIds: [chat.id] })
      }
    } catch (error) {
      // The next start compares the number of chats.
      report('sync.gone', error)
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
    if (this.#isFresh) this.#endFirstLoad()
    else void this.#reconcile()
  }

  /** Stores a cursor even if there was no chat. With a cursor, the replica treats each chat that arrives later as new. */
  #endFirstLoad(): void {
    this.#isFresh = false
    this.#store('chats', [], this.#reached).catch((error: unknown) =>
      this.#options.report('sync.cursor', error),
    )
  }

  /**
   * At every start and once a day: finds groups that were left on another device, and chats that were missed. Compares the counts, and fetches the
   * list only when they differ, or when there are too many to count. Never removes a direct chat, even when the list does not contain it.
   */
  async #reconcile(): Promise<void> {
    const { replica, store, wire, messages, report } = this.#options
    if (this.#isReconciling || this.#reconciledAt > Date.now() - DAY_MS) return
    this.#isReconciling = true
    try {
      await messages.whenTried()
      const stored = [...store.getState().chats.values()].filter(({ onWire, former }) => onWire && !former)
      if ((await wire.chats.count()) !== stored.length) {
        const { chats, ids } = await wire.chats.all()
        if (this.#stopped) return
        const left = stored.filter(({ id, kind }) => kind === 'group' && !ids.has(id)).map(({ id }) => id)
        for (const chatIds of inParts(left)) await replica.call('replica.leaveChats', { chatIds })
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
