import { expect, it } from 'vitest'
import { STALE_MS, viewPresence } from './presence.ts'

it('returns the state of a fresh document, and the last-seen time of an old one', () => {
  const at = 1_000_000
  expect(viewPresence({ state: 'online', lastActiveAt: at }, at + STALE_MS - 1)).toEqual({ kind: 'online' })
  expect(viewPresence({ state: 'away', lastActiveAt: at }, at)).toEqual({ kind: 'away' })
  expect(viewPresence({ state: 'online', lastActiveAt: at }, at + STALE_MS)).toEqual({ kind: 'lastSeen', at })
  expect(viewPresence({ state: 'offline', lastActiveAt: at }, at)).toEqual({ kind: 'lastSeen', at })
  expect(viewPresence(null, at)).toEqual({ kind: 'hidden' })
})
