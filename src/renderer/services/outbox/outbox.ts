import { lanes, type Lane } from '#shared/intents/intent.ts'
import { definitionOf, type Intent } from '#shared/intents/index.ts'
import { toWireError } from '../../data/wire-error.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { Report } from '../app/report.ts'
import { Backoff } from '../pace.ts'
import { writerOf } from './intents/index.ts'
import type { IntentContext } from './intents/intent.ts'
import type { Outcome } from './outcome.ts'

/** A failed write is retried after this time, which doubles with every further failure, in ms. */
const FIRST_RETRY_MS = 1000
const MAX_RETRY_MS = 60_000
/** Timers may fire a little before their time, in ms. */
const TIMER_SLACK_MS = 5

export interface OutboxOptions {
  replica: AccountBridge
  report: Report
  context: IntentContext
  /** Gets all waiting intents whenever they were read. Later changes are events of the replica. */
  onWaiting: (intents: readonly Intent[]) => void
  /** Resolves when the replica knows which messages are on the wire, or after a timeout. */
  caughtUp: () => Promise<void>
}

/**
 * Writes the replica's intents to the wire. Intents of one chat are started in their order. An intent stays in the replica until
 * the server has responded, so an interrupted one is written again, with the same effect.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #backoff = new Backoff(FIRST_RETRY_MS, MAX_RETRY_MS)
  #waiting: Intent[] = []
  /** Intents in flight, by name, oldest first. */
  readonly #inFlight = new Map<string, Intent>()
  /** Per lane: start of the current wait for a server response (monotonic ms). */
  readonly #waitingSince: Record<Lane, number> = { prompt: 0, background: 0, upload: 0 }
  /** Per paced intent: earliest time of the next write (monotonic ms). */
  readonly #notBefore = new Map<string, number>()
  /** Names of intents that were denied once. */
  readonly #denied = new Set<string>()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #retry: ReturnType<typeof setTimeout> | undefined
  /**
   * Catch-up groups (see `catchUpGroup`) whose intents are held, because an earlier session left some in them. Emptied when sync has
   * caught up; undefined before the first fetch.
   */
  #heldGroups: Set<string> | undefined
  #isFetching = false
  #fetchAgain = false
  #stopped = false
  #unsubscribe: (() => void) | undefined

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  start(): void {
    this.#unsubscribe = this.#options.replica.on('replica.changed', ({ outbox }) => {
      // Changes before the first fetch are ignored: the fetch returns their intents too, and decides which groups are held.
      if (outbox === null || this.#heldGroups === undefined) return
      this.#waiting = outbox
      this.#startWaiting()
    })
    void this.#fetch()
  }

  /** Call it when the server responds again: failed intents are retried at once. */
  resume(): void {
    this.#backoff.reset()
    clearTimeout(this.#retry)
    this.#retry = undefined
    void this.#fetch()
  }

  /** How long the lane has been waiting for a server response, in ms. */
  waitingFor(lane: Lane): number {
    return this.#isIdle(lane) ? 0 : performance.now() - this.#waitingSince[lane]
  }

  stop(): void {
    this.#stopped = true
    this.#unsubscribe?.()
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
        this.#waiting = await this.#options.replica.call('outbox.pending')
        this.#options.onWaiting(this.#waiting)
        if (this.#heldGroups === undefined) this.#hold()
        this.#startWaiting()
      }
    } catch (error) {
      this.#options.report('outbox.pending', error)
      this.#retryLater()
    } finally {
      this.#isFetching = false
    }
  }

  /** Holds the groups that an earlier session left intents in, until sync has caught up. */
  #hold(): void {
    this.#heldGroups = new Set(this.#waiting.flatMap((intent) => catchUpGroup(intent) ?? []))
    if (this.#heldGroups.size === 0) return
    void this.#options.caughtUp().then(() => {
      this.#heldGroups?.clear()
      return this.#fetch()
    })
  }

  #startWaiting(): void {
    if (this.#stopped) return
    const now = performance.now()
    const names = new Set(this.#waiting.map(nameOf))
    const free = this.#freeSlots()
    /** Queues whose first waiting intent cannot start yet. */
    const stopped = new Set<string>()
    for (const intent of this.#waiting) {
      const name = nameOf(intent)
      const { lane, dependsOn } = definitionOf(intent.kind)
      const queue = writerOf(intent.kind).queue(intent.payload)
      if (this.#inFlight.has(name) || (queue !== null && stopped.has(queue))) continue
      const dependsOnWaiting = dependsOn(intent.payload).some((other) => names.has(nameOf(other)))
      if (free[lane] <= 0 || dependsOnWaiting || this.#isHeld(intent) || this.#isPaced(name, intent, now)) {
        if (queue !== null) stopped.add(queue)
        continue
      }
      free[lane] -= 1
      if (this.#isIdle(lane)) this.#waitingSince[lane] = now
      this.#inFlight.set(name, intent)
      void this.#run(name, intent)
    }
  }

  #isIdle(lane: Lane): boolean {
    return ![...this.#inFlight.values()].some(({ kind }) => definitionOf(kind).lane === lane)
  }

  #freeSlots(): Record<Lane, number> {
    const free: Record<Lane, number> = {
      prompt: lanes.prompt.maxInFlight,
      background: lanes.background.maxInFlight,
      upload: lanes.upload.maxInFlight,
    }
    for (const { kind } of this.#inFlight.values()) free[definitionOf(kind).lane] -= 1
    return free
  }

  #isHeld(intent: Intent): boolean {
    const group = catchUpGroup(intent)
    if (group !== null && this.#heldGroups?.has(group) === true) return true
    return writerOf(intent.kind).mustWait(this.#options.context, intent.payload)
  }

  /** Whether the intent must wait because of its pacing. A timer starts it when the time has come. */
  #isPaced(name: string, { kind }: Intent, now: number): boolean {
    const { pacing } = definitionOf(kind)
    if (pacing === null) return false
    const notBefore = this.#notBefore.get(name)
    if (notBefore === undefined) {
      this.#notBefore.set(name, now + pacing.gatherMs)
      this.#later(pacing.gatherMs + TIMER_SLACK_MS, () => this.#startWaiting())
      return true
    }
    if (notBefore > now) return true
    this.#notBefore.set(name, now + pacing.intervalMs)
    this.#later(pacing.intervalMs + TIMER_SLACK_MS, () => {
      this.#startWaiting()
      const isIdle = !this.#inFlight.has(name) && !this.#waiting.some((waiting) => nameOf(waiting) === name)
      if (isIdle) this.#notBefore.delete(name)
    })
    return false
  }

  async #run(name: string, intent: Intent): Promise<void> {
    try {
      const outcome = await this.#write(name, intent)
      this.#waitingSince[definitionOf(intent.kind).lane] = performance.now()
      if (this.#stopped) return
      const { kind, key, version } = intent
      const response = { kind, key, version, failure: null, ...outcome }
      await this.#options.replica.call('outbox.acknowledge', response)
      this.#backoff.reset()
      this.#finish(name, intent)
    } catch (error) {
      this.#inFlight.delete(name)
      if (this.#stopped) return
      this.#options.report(`outbox.${intent.kind}`, error)
      this.#retryLater()
    }
  }

  #finish(name: string, intent: Intent): void {
    this.#inFlight.delete(name)
    this.#denied.delete(name)
    this.#waiting = this.#waiting.filter(
      (waiting) => waiting.version !== intent.version || nameOf(waiting) !== name,
    )
    this.#startWaiting()
  }

  /** Resolves with the server's response. Rejects when the intent is to be retried. */
  async #write(name: string, { kind, payload }: Intent): Promise<Outcome> {
    const { context } = this.#options
    const { write, onDenied } = writerOf(kind)
    try {
      return (await write(context, payload)) ?? { outcome: 'done' }
    } catch (error) {
      const { failure } = toWireError(error)
      if (failure === 'offline' || failure === 'unexpected') throw error
      if (onDenied === null || this.#denied.has(name)) return { outcome: 'dropped' }
      this.#denied.add(name)
      await onDenied(context, payload)
      throw error
    }
  }

  /** One timer for everything that failed since the last retry. */
  #retryLater(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined
      void this.#fetch()
    }, this.#backoff.nextAtRandom())
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      action()
    }, ms)
    this.#timers.add(timer)
  }
}

function nameOf({ kind, key }: { kind: string; key: string }): string {
  return `${kind}/${key}`
}

function catchUpGroup({ kind, payload }: Intent): string | null {
  return writerOf(kind).catchUpGroup(payload)
}
