import { expect, it } from 'vitest'
import { STALE_MS, viewPresence } from './presence.ts'

it('shows what the document says while it is fresh, and when they were last seen after that', () => {
  const at = 1_000_000
  expect(viewPresence({ state: 'online', lastActiveAt: at }, at + STALE_MS - 1)).toEqual({ kind: 'online' })
  expect(viewPresence({ state: 'away', lastActiveAt: at }, at)).toEqual({ kind: 'away' })
  expect(viewPresence({ state: 'online', lastActiveAt: at }, at + STALE_MS)).toEqual({ kind: 'lastSeen', at })
  expect(viewPresence({ state: 'offline', lastActiveAt: at }, at)).toEqual({ kind: 'lastSeen', at })
  expect(viewPresence(null, at)).toEqual({ kind: 'hidden' })
})
