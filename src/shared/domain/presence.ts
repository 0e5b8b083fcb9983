import { z } from 'zod'
import { serverTimeSchema } from './ids.ts'

/** How often an active app says that it is still there. */
export const HEARTBEAT_MS = 2 * 60_000
/** After this long without a heartbeat, `online` and `away` count as `offline`. */
export const STALE_MS = 5 * 60_000

/** `presence/{uid}`. The document does not exist for someone who hides it. */
export const presenceSchema = z.strictObject({
  state: z.enum(['online', 'away', 'offline']),
  lastActiveAt: serverTimeSchema,
})
export type Presence = z.infer<typeof presenceSchema>

export type PresenceView =
  { kind: 'hidden' } | { kind: 'online' } | { kind: 'away' } | { kind: 'lastSeen'; at: number }

/** What to show for a presence document, at `now` by the server's clock. */
export function viewPresence(presence: Presence | null, now: number): PresenceView {
  if (presence === null) return { kind: 'hidden' }
  const fresh = now - presence.lastActiveAt < STALE_MS
  if (fresh && presence.state !== 'offline') return { kind: presence.state }
  return { kind: 'lastSeen', at: presence.lastActiveAt }
}
