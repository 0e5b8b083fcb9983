import { useMemo } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import type { Peer } from './use-peer.ts'

const nobody: ReadonlySet<UserId> = new Set()

/** The people whose messages are hidden in this chat: in a group all whom the reader has blocked. */
export function useBlocked(peer: Peer): ReadonlySet<UserId> {
  const people = useAppStore((state) => state.people)
  const isGroup = peer.id === undefined
  return useMemo(
    () =>
      isGroup ? new Set([...people.values()].filter(({ blocked }) => blocked).map(({ id }) => id)) : nobody,
    [people, isGroup],
  )
}
