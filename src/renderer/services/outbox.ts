import type { ChatId } from '#shared/domain/ids.ts'
import type { OutboxOp } from '#shared/domain/outbox.ts'
import type { Wire } from '../data/wire.ts'
import { toWireError } from '../data/wire-error.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppStore } from '../stores/app-store.ts'
import { MessageSender, type SendOutcome } from './message-sender.ts'
import type { OwnActivity } from './own-activity.ts'
import { Backoff } from './pace.ts'
import type { Report } from './report.ts'

/** Sends on their way at the same time. */
const MOST_SENDS = 20
/** What grows with every message is written at most this often. */
const COALESCE_MS = 2000
/** Delivered and read mostly come right after one another: the first write waits for both. */
const GATHER_MS = 150
/** Timers may fire a little before the clock says so. */
const TIMER_SLACK_MS = 5

type Outcome = SendOutcome | { outcome: 'dropped' }

export interface OutboxOptions {
  platform: Platform
  store: AppStore
  wire: Wire
  activity: OwnActivity
  report: Report
  /** Somebody is blocked, as far as the wire is concerned. */
  onBlocked: () => void
  /** Settles when the replica knows which messages the wire has, or when that took too long to wait for. */
  caughtUp: () => Promise<void>
}

/**
 * Takes the replica's intents to the wire. Messages of one chat go out in their order; all else is one intent for each
 * thing, with what the replica says of it last. An intent stays in the replica until the wire has answered, so that
 * whatever is interrupted is done again, to the same effect.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #sender: MessageSender
  readonly #backoff = new Backoff()
  #waiting: OutboxOp[] = []
  /** Intents on their way, by name, oldest first. */
  readonly #busy = new Map<string, OutboxOp>()
  /** When the wire answered last, or was asked after it owed nothing (monotonic ms). */
  #answeredAt = 0
  /** Until when intents wait that were written just now, by name (monotonic ms). */
  readonly #pausedUntil = new Map<string, number>()
  /** Intents that were refused once, by name. */
  readonly #denied = new Set<string>()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #retry: ReturnType<typeof setTimeout> | undefined
  /** Chats with messages that an earlier session left: the wire may have them already, and to send one again is refused. */
  #held: Set<ChatId> | undefined
  #isFetching = false
  #fetchAgain = false
  #stopped = false
  #unlisten: (() => void) | undefined

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#sender = new MessageSender(options.store, options.wire)
  }

  start(): void {
    this.#unlisten = this.#options.platform.on('replica.changed', ({ outbox }) => {
      // Until the first answer is here, which will hold these too, it is not known what must wait.
      if (outbox === null || this.#held === undefined) return
      this.#waiting = outbox
      this.#startWaiting()
    })
    void this.#fetch()
  }

  /** The server answers again: what failed is tried at once. */
  resume(): void {
    this.#backoff.reset()
    clearTimeout(this.#retry)
    this.#retry = undefined
    void this.#fetch()
  }

  /** For how long the wire has been owing an answer, in ms. */
  get waitingFor(): number {
    return this.#busy.size === 0 ? 0 : performance.now() - this.#answeredAt
  }

  stop(): void {
    this.#stopped = true
    this.#unlisten?.()
    clearTimeout(this.#retry)
    for (const timer of this.#timers) clearTimeout(timer)
  }

  async #fetch(): Promise<void> {
    this.#fetchAgain = true
    if (this.#isFetching) return
    this.#isFetching = true
    try {
      while (this.#fetchAgain && !this.#stopped) {
        this.#fetchAgain = false
        this.#waiting = await this.#options.platform.call('outbox.pending')
        if (this.#held === undefined) this.#hold()
        this.#startWaiting()
      }
    } catch (error) {
      this.#options.report('outbox.pending', error)
      this.#tryAgain()
    } finally {
      this.#isFetching = false
    }
  }

  /**
   * What an earlier session left waits, and with it whatever is written after it in the same chat, until sync has brought
   * what the wire has of it: that settles it. Every refusal of one sent again would cost the SDK its stream.
   */
  #hold(): void {
    const sends = this.#waiting.filter((op) => op.kind === 'send')
    this.#held = new Set(sends.map(({ message }) => message.chatId))
    if (this.#held.size === 0) return
    void this.#options.caughtUp().then(() => {
      this.#held?.clear()
      return this.#fetch()
    })
  }

  #startWaiting(): void {
    if (this.#stopped) return
    const now = performance.now()
    let sends = [...this.#busy.values()].filter(({ kind }) => kind === 'send').length
    for (const op of this.#waiting) {
      const name = nameOf(op)
      if (this.#busy.has(name)) continue
      if (op.kind === 'send') {
        const { chatId } = op.message
        if (sends >= MOST_SENDS || this.#sender.isCreating(chatId) || this.#held?.has(chatId) === true)
          continue
        sends += 1
      } else if (this.#isPaused(name, op, now)) {
        continue
      }
      if (this.#busy.size === 0) this.#answeredAt = now
      this.#busy.set(name, op)
      void this.#run(name, op)
    }
  }

  /** Whether the intent waits for others like it; it is then looked at again in time. */
  #isPaused(name: string, { kind }: OutboxOp, now: number): boolean {
    if (kind !== 'receipt' && kind !== 'chatState') return false
    const until = this.#pausedUntil.get(name)
    if (until === undefined) {
      this.#pausedUntil.set(name, now + GATHER_MS)
      this.#later(GATHER_MS + TIMER_SLACK_MS, () => this.#startWaiting())
      return true
    }
    if (until > now) return true
    this.#pausedUntil.set(name, now + COALESCE_MS)
    this.#later(COALESCE_MS + TIMER_SLACK_MS, () => {
      this.#startWaiting()
      if (!this.#busy.has(name) && !this.#waiting.some((op) => nameOf(op) === name))
        this.#pausedUntil.delete(name)
    })
    return false
  }

  async #run(name: string, op: OutboxOp): Promise<void> {
    try {
      const outcome = await this.#carryOut(op)
      this.#answeredAt = performance.now()
      if (this.#stopped) return
      const { kind, key, version } = op
      await this.#options.platform.call('outbox.settle', { kind, key, version, failure: null, ...outcome })
      this.#backoff.reset()
      this.#done(name, op)
    } catch (error) {
      this.#busy.delete(name)
      if (this.#stopped) return
      this.#options.report(`outbox.${op.kind}`, error)
      this.#tryAgain()
    }
  }

  #done(name: string, op: OutboxOp): void {
    this.#busy.delete(name)
    this.#denied.delete(name)
    this.#waiting = this.#waiting.filter(
      (waiting) => waiting.version !== op.version || nameOf(waiting) !== name,
    )
    this.#startWaiting()
  }

  /** What the wire made of it; rejects when it is to be tried again. */
  async #carryOut(op: OutboxOp): Promise<Outcome> {
    if (op.kind === 'send') return this.#sender.send(op.message)
    try {
      await this.#write(op)
      return { outcome: 'done' }
    } catch (error) {
      const { failure } = toWireError(error)
      if (failure === 'offline' || failure === 'unexpected') throw error
      const name = nameOf(op)
      if (this.#denied.has(name)) return { outcome: 'dropped' }
      // Another device of this person is ahead: tried once more with what it wrote taken over.
      this.#denied.add(name)
      if (op.kind === 'chatState') await this.#takeOverState(op.state.chatId)
      throw error
    }
  }

  async #write(op: Exclude<OutboxOp, { kind: 'send' }>): Promise<void> {
    const { owner } = this.#options.wire
    switch (op.kind) {
      case 'chatState':
        return await owner.writeChatState(op.state)
      case 'receipt':
        return await this.#options.activity.writeWatermarks(op.chatId, op.memberIds, op)
      case 'contact':
        return await owner.writeContact(op.contact)
      case 'block':
        await owner.writeBlock(op)
        if (op.blocked) this.#options.onBlocked()
        return
      case 'profile':
        return await owner.writeProfile(op.profile)
      case 'privacy':
        return await owner.writePrivacy(op.privacy)
    }
  }

  async #takeOverState(chatId: ChatId): Promise<void> {
    const state = await this.#options.wire.owner.chatState(chatId)
    if (state === undefined) return
    await this.#options.platform.call('replica.applyChatStates', { states: [state], mark: 0 })
  }

  /** One wait for all that failed since the last one. */
  #tryAgain(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      void this.#fetch()
    }, this.#backoff.next())
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, ms)
    this.#timers.add(timer)
  }
}

function nameOf({ kind, key }: OutboxOp): string {
  return `${kind}/${key}`
}
