import { useEffect } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { viewPresence, type PresenceView } from '#shared/domain/presence.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'

/**
 * Follows a person's presence while the component is mounted. `now`: ms by the local clock. While this machine is offline, the
 * current state is not known: only a last-seen time is returned.
 */
export function usePresence(userId: UserId | undefined, now: number): PresenceView {
  const { people } = useServices()
  useEffect(() => (userId === undefined ? undefined : people.watchPresence(userId)), [people, userId])
  return useAppStore(({ presences, clockOffset, connection }) => {
    const presence = userId === undefined ? undefined : presences.get(userId)
    const view = viewPresence(presence ?? null, now + clockOffset)
    return connection === 'offline' && view.kind !== 'lastSeen' ? { kind: 'hidden' } : view
  })
}
