import { z } from 'zod'

/**
 * Maximum number of intents in flight, per lane. Each lane has its own connection for writes (`data/lanes.ts`).
 * `prompt`: people wait for these. `background`: these may be late, and must never delay prompt ones. `upload`: files, which main
 * uploads.
 */
export const lanes = {
  prompt: { maxInFlight: 20 },
  background: { maxInFlight: 100 },
  upload: { maxInFlight: 3 },
} as const
export type Lane = keyof typeof lanes

/** Limits how often one intent (one key) is written, in ms. */
export interface Pacing {
  /** The first write waits this long, so that changes close together become one write. */
  gatherMs: number
  /** Minimum time between two writes. */
  intervalMs: number
}

/** For values that only rise: watermarks and read counts. `deliveredAt` and `readAt` often rise together: one write contains both. */
export const risingPace: Pacing = { gatherMs: 150, intervalMs: 2000 }

/** Identifies one intent of the outbox. */
export interface IntentName {
  kind: string
  key: string
}

export interface IntentDefinition<P> {
  payload: z.ZodType<P>
  lane: Lane
  pacing: Pacing | null
  /** Intents that must be acknowledged before this one is written. */
  dependsOn(payload: P): readonly IntentName[]
}

interface Kind<K extends string, P> {
  kind: K
  /** An intent as the outbox returns it. */
  intent: z.ZodType<IntentRow<K, P>>
}

/** `version` changes whenever the intent does, so that an outdated acknowledgement has no effect. */
export interface IntentRow<K extends string, P> {
  kind: K
  key: string
  version: number
  payload: P
}

/**
 * The payload is stored in the outbox row. There is one row per key; a newer payload replaces an older one. An effect on the
 * replica, if there is one, is in `main/store/intents/`.
 */
interface StoredDefinition<P> extends IntentDefinition<P> {
  key(payload: P): string
  /**
   * True: the intent is on the disk before the call returns, so that a power failure does not lose it; this costs some milliseconds.
   * False: a power failure may lose it. Use false only for an intent that the person's next action adds again.
   */
  durable: boolean
}

export interface StoredIntent<K extends string, P> extends StoredDefinition<P>, Kind<K, P> {
  source: 'outbox'
  /** An intent as the page passes it to the outbox. */
  request: z.ZodType<{ kind: K; payload: P }>
}

/** The row holds a key only. The payload is loaded from the replica when it is sent, by `main/store/intents/`. */
export interface LoadedIntent<K extends string, P> extends IntentDefinition<P>, Kind<K, P> {
  source: 'replica'
  /** Accepts nothing: the page cannot add a loaded intent, only the replica can. */
  request: z.ZodType<never>
}

export function defineStoredIntent<K extends string, P>(
  kind: K,
  definition: StoredDefinition<P>,
): StoredIntent<K, P> {
  const { payload } = definition
  const request = z.strictObject({ kind: z.literal(kind), payload })
  return { source: 'outbox', kind, intent: intentSchema(kind, payload), request, ...definition }
}

export function defineLoadedIntent<K extends string, P>(
  kind: K,
  definition: IntentDefinition<P>,
): LoadedIntent<K, P> {
  const { payload } = definition
  return { source: 'replica', kind, intent: intentSchema(kind, payload), request: z.never(), ...definition }
}

function intentSchema<K extends string, P>(kind: K, payload: z.ZodType<P>): z.ZodType<IntentRow<K, P>> {
  return z.strictObject({
    kind: z.literal(kind),
    key: z.string().max(400),
    version: z.number().int(),
    payload,
  })
}

/** For intents that depend on no other. */
export const independent = (): readonly IntentName[] => []
