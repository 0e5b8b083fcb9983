import type { ChatState, WireChat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { OwnProfile, Privacy } from '#shared/domain/account.ts'
import type { Contact } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { Block } from '../data/converters.ts'
import type { Wire } from '../data/wire.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppStore } from '../stores/app-store.ts'
import type { ConnectionMonitor } from './connection.ts'
import { Feed, inParts, type FeedOptions } from './feed.ts'
import type { MessageSync } from './message-sync.ts'
import type { Profiles } from './profiles.ts'
import type { Report } from './report.ts'

const DAY_MS = 24 * 3_600_000

export interface SyncOptions {
  platform: Platform
  store: AppStore
  wire: Wire
  me: UserId
  connection: ConnectionMonitor
  messages: MessageSync
  profiles: Profiles
  report: Report
  /** The server answers (again), or has ceased to. */
  onLive: (live: boolean) => void
  /** What holds on the wire, which may have been set on another device. */
  onPrivacy: (privacy: Privacy) => void
}

/** Brings everything that changes on the wire into the replica, from the marks that the replica keeps. */
export class Sync {
  readonly #options: SyncOptions
  #feeds: { stop(): void; renew(): void }[] = []
  #privacy: { renew(): void } | undefined
  /** On a replica without a mark, until the first batch has been taken: its chats are no news. */
  #isFresh = true
  /** Until the messages of that batch are here. */
  #isFirstLoad = true
  /** How far chats have been read, their messages not yet included, and how far with them. */
  #reached = 0
  #marked = 0
  #reconciledAt = -Infinity
  #isReconciling = false
  #isLive = false
  #stopped = false

  constructor(options: SyncOptions) {
    this.#options = options
  }

  /** Rejects with a BridgeError when the marks cannot be read. */
  async start(): Promise<void> {
    const { platform, wire } = this.#options
    const marks = await platform.call('replica.marks')
    if (this.#stopped) return
    this.#reached = marks.chats ?? 0
    this.#marked = this.#reached
    this.#isFresh = this.#reached === 0
    this.#isFirstLoad = this.#isFresh
    if (!this.#isFresh) this.#options.store.setState({ firstSyncDone: true })
    const { chats, activity, owner } = wire
    const privacyFeed = this.#feed<Privacy | undefined>({
      name: 'privacy',
      since: 0,
      follow: (_, listener) => owner.followPrivacy(listener),
      apply: async ([privacy = { lastSeen: 'everyone' }]) => {
        this.#options.onPrivacy(privacy)
        await platform.call('replica.applyAccount', { privacy })
      },
    })
    this.#privacy = privacyFeed
    this.#feeds = [
      this.#feed<WireChat>({
        name: 'chats',
        since: this.#reached,
        follow: (since, listener) => chats.follow(since, listener),
        apply: (items, mark) => this.#takeChats(items, mark),
        onLive: (live) => this.#setLive(live),
      }),
      this.#feed<Activity>({
        name: 'activity',
        since: marks.activity ?? 0,
        follow: (since, listener) => activity.follow(since, listener),
        apply: (activities, mark) => platform.call('replica.applyActivities', { activities, mark }),
      }),
      this.#feed<ChatState>({
        name: 'chatStates',
        since: marks.chatStates ?? 0,
        follow: (since, listener) => owner.followChatStates(since, listener),
        apply: (states, mark) => platform.call('replica.applyChatStates', { states, mark }),
      }),
      this.#feed<Contact>({
        name: 'contacts',
        since: marks.contacts ?? 0,
        follow: (since, listener) => owner.followContacts(since, listener),
        apply: (contacts, mark) => platform.call('replica.applyContacts', { contacts, mark }),
      }),
      this.#feed<Block>({
        name: 'blocks',
        since: marks.blocks ?? 0,
        follow: (since, listener) => owner.followBlocks(since, listener),
        apply: (blocks, mark) => platform.call('replica.applyBlocks', { blocks, mark }),
      }),
      this.#feed<OwnProfile | undefined>({
        name: 'profile',
        since: 0,
        follow: (_, listener) => owner.followProfile(listener),
        apply: async ([profile]) => {
          if (profile !== undefined) await platform.call('replica.applyAccount', { profile })
        },
      }),
      privacyFeed,
    ]
  }

  /** The system slept: a listener that goes on after so long would be billed for all that it ever brought. */
  renew(): void {
    for (const feed of this.#feeds) feed.renew()
  }

  /** The rules know of another choice than was heard here. */
  readPrivacyAgain(): void {
    this.#privacy?.renew()
  }

  stop(): void {
    this.#stopped = true
    for (const feed of this.#feeds) feed.stop()
  }

  #feed<T>(options: Omit<FeedOptions<T>, 'report'>): Feed<T> {
    return new Feed({ ...options, report: this.#options.report })
  }

  async #takeChats(items: WireChat[], mark: number): Promise<void> {
    const { platform, messages, profiles } = this.#options
    const isNew = !this.#isFresh
    // The open chat's own listener hears of the same batch right after this one: what it brings is to be seen first.
    if (items.some(({ id }) => messages.isFollowing(id))) await new Promise((resolve) => setTimeout(resolve))
    const newestFirst = items.toSorted((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0))
    await platform.call('replica.applyChats', { chats: newestFirst, mark: 0 })
    this.#options.store.setState({ firstSyncDone: true })
    messages.changed(newestFirst, isNew)
    this.#reached = Math.max(this.#reached, mark)
    profiles.want(
      new Set(newestFirst.flatMap(({ memberIds }) => memberIds).filter((id) => id !== this.#options.me)),
    )
    await this.moveMark()
  }

  /**
   * The mark passes a change of a chat only once the chat's messages are here too; that of a fresh replica stays where it
   * is until all are, so that what is interrupted begins anew. To be called whenever nothing is owed.
   */
  async moveMark(): Promise<void> {
    const { platform, messages, report } = this.#options
    const { owedSince } = messages
    if (owedSince === Infinity) this.#isFirstLoad = false
    const mark = Math.min(this.#reached, owedSince - 1)
    if (this.#stopped || this.#isFirstLoad || mark <= this.#marked) return
    this.#marked = mark
    try {
      await platform.call('replica.applyChats', { chats: [], mark })
    } catch (error) {
      report('sync.mark', error)
    }
  }

  #setLive(live: boolean): void {
    const isNews = live !== this.#isLive
    this.#isLive = live
    if (!isNews) return
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
   * Groups that were left elsewhere while this device was away, and chats that were missed: the count tells, and only then
   * the list is read. A direct chat is never left, whatever the list says.
   */
  async #reconcile(): Promise<void> {
    const { platform, store, wire, messages, report } = this.#options
    if (this.#isReconciling || this.#isFresh || this.#reconciledAt > Date.now() - DAY_MS) return
    this.#isReconciling = true
    try {
      await messages.tried()
      const known = [...store.getState().chats.values()].filter(({ onWire }) => onWire)
      if ((await wire.chats.count()) !== known.length) {
        const { chats, ids } = await wire.chats.all()
        if (this.#stopped) return
        const left = known.filter(({ id, kind }) => kind === 'group' && !ids.has(id)).map(({ id }) => id)
        for (const chatIds of inParts(left)) await platform.call('replica.removeChats', { chatIds })
        const missed = chats.filter(({ id }) => !store.getState().chats.has(id))
        for (const part of inParts(missed)) await this.#takeChats(part, 0)
      }
      this.#reconciledAt = Date.now()
    } catch (error) {
      report('sync.reconcile', error)
    } finally {
      this.#isReconciling = false
    }
  }
}
