import { z } from 'zod'
import { serverTimeSchema } from './ids.ts'

/** Interval at which an active app writes its presence. */
export const HEARTBEAT_MS = 2 * 60_000
/** After this time without a heartbeat, `online` and `away` count as `offline`. */
export const STALE_MS = 5 * 60_000

/** `presence/{uid}`. The document does not exist for a person who hides their presence. */
export const presenceSchema = z.strictObject({
  state: z.enum(['online', 'away', 'offline']),
  lastActiveAt: serverTimeSchema,
})
export type Presence = z.infer<typeof presenceSchema>

export type PresenceView =
  { kind: 'hidden' } | { kind: 'online' } | { kind: 'away' } | { kind: 'lastSeen'; at: number }

/** Returns what to show for a presence document. `now`: ms by the server's clock. */
export function viewPresence(presence: Presence | null, now: number): PresenceView {
  if (presence === null) return { kind: 'hidden' }
  const fresh = now - presence.lastActiveAt < STALE_MS
  if (fresh && presence.state !== 'offline') return { kind: presence.state }
  return { kind: 'lastSeen', at: presence.lastActiveAt }
}
