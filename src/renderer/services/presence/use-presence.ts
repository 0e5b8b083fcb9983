import { useEffect } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { viewPresence, type PresenceView } from '#shared/domain/presence.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'

/**
 * Follows a person's presence while the component is mounted. `now`: ms by the local clock. While this machine is offline, the
 * current state is not known: only a last-seen time is returned. The presence of a blocked person is hidden.
 */
export function usePresence(userId: UserId | undefined, now: number): PresenceView {
  const { people } = useServices()
  const blocked = useAppStore((state) => userId !== undefined && state.people.get(userId)?.blocked === true)
  const watched = blocked ? undefined : userId
  useEffect(() => (watched === undefined ? undefined : people.watchPresence(watched)), [people, watched])
  return useAppStore(({ presences, clockOffset, connection }) => {
    const presence = watched === undefined ? undefined : presences.get(watched)
    const view = viewPresence(presence ?? null, now + clockOffset)
    return connection === 'offline' && view.kind !== 'lastSeen' ? { kind: 'hidden' } : view
  })
}
