import { useEffect } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { viewPresence } from '#shared/domain/presence.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'

const nobody: readonly UserId[] = []

/**
 * Returns how many of these people are online: `now` is ms by the local clock. Follows their presence while the component is mounted and
 * this person is at the machine: each costs a read and a lookup of the rules at first, and again every two minutes while they are
 * online. `userIds` must be the same array on every render.
 */
export function useOnlineCount(userIds: readonly UserId[], now: number): number {
  const { people } = useServices()
  const isActive = useAppStore(({ power }) => power === 'active')
  const followed = isActive ? userIds : nobody
  useEffect(() => {
    const stops = followed.map((id) => people.watchPresence(id))
    return () => {
      for (const stop of stops) stop()
    }
  }, [people, followed])
  return useAppStore(({ presences, clockOffset, connection }) => {
    if (connection === 'offline') return 0
    const isOnline = (id: UserId): boolean =>
      viewPresence(presences.get(id) ?? null, now + clockOffset).kind === 'online'
    return followed.filter(isOnline).length
  })
}
