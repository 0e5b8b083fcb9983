import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { userIdSchema } from '../../src/shared/domain/ids.ts'
import type { Database, Device } from './database.ts'
import type { Outcome, PushSender } from './sender.ts'
import { pushTest } from './test-push.ts'

const me = userIdSchema.parse('ada')
const argument = { deviceId: '0f'.repeat(16), nonce: 'n' }

function tools(outcome: Outcome, now = () => 0) {
  const taken = new Set<string>()
  const found = { userId: me, id: argument.deviceId, token: 't' }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a Timestamp needs the packages of the functions, and nothing reads it
  const device = found as unknown as Device
  const database: Database = {
    chat: () => Promise.resolve(undefined),
    devices: () => Promise.resolve([]),
    device: (_, id) => Promise.resolve(id === argument.deviceId ? device : undefined),
    choices: () => Promise.resolve(new Map()),
    claim: (id) => Promise.resolve(!taken.has(id) && taken.add(id).has(id)),
    remove: vi.fn<Database['remove']>(() => Promise.resolve()),
  }
  return { database, sender: { send: vi.fn<PushSender['send']>(() => Promise.resolve([outcome])) }, now }
}

describe('pushTest', () => {
  it('returns what became of the push, and removes a dead device', async () => {
    for (const outcome of ['sent', 'failed', 'dead'] as const) {
      const given = tools(outcome)
      expect(await pushTest(given, me, argument)).toEqual({ outcome })
      expect(given.database.remove).toHaveBeenCalledTimes(outcome === 'dead' ? 1 : 0)
    }
  })

  it('lets each person test once in five seconds', async () => {
    let now = 0
    const given = tools('sent', () => now)
    expect(await pushTest(given, me, argument)).toEqual({ outcome: 'sent' })
    now = 4999
    expect(await pushTest(given, me, argument)).toEqual({ refusal: 'resource-exhausted' })
    expect(await pushTest(given, userIdSchema.parse('ben'), argument)).toEqual({ outcome: 'sent' })
    now = 5000
    expect(await pushTest(given, me, argument)).toEqual({ outcome: 'sent' })
    expect(given.sender.send).toHaveBeenCalledTimes(3)
  })

  it('never throws, and sends nothing for an argument of another form', async () => {
    const anything = fc.oneof(fc.anything(), fc.record({ deviceId: fc.anything(), nonce: fc.anything() }))
    await fc.assert(
      fc.asyncProperty(anything, async (wrong) => {
        const given = tools('sent')
        expect(await pushTest(given, me, wrong)).toEqual({ refusal: 'invalid-argument' })
        expect(given.sender.send).not.toHaveBeenCalled()
      }),
      { numRuns: 1000 },
    )
  })
})
