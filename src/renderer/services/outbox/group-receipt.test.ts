import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chatIdSchema } from '#shared/domain/ids.ts'
import type { Watermarks } from '#shared/domain/receipts.ts'
import type { Intent } from '#shared/intents/index.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'

const chatId = chatIdSchema.parse('Group000000000000001')
/** What the server takes to accept a write, in ms. */
const RESPONSE_MS = 40
const INTERVAL_MS = 10_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

interface Written extends Watermarks {
  at: number
}

/** Raises the watermarks after each of these waits (ms) and returns what was written, until nothing waits any more. */
async function writesOf(waits: readonly number[]): Promise<Written[]> {
  const written: Written[] = []
  let waiting: Intent[] = []
  let announce = (): void => undefined
  const call = (method: string, args: { version: number }): Promise<unknown> => {
    if (method !== 'outbox.pending') waiting = waiting.filter(({ version }) => version !== args.version)
    return Promise.resolve([...waiting])
  }
  const on = (_: string, listener: (change: { outbox: Intent[] }) => void): (() => void) => {
    announce = () => listener({ outbox: [...waiting] })
    return () => undefined
  }
  const receipts = {
    async writeWatermarks(_: string, watermarks: Watermarks): Promise<void> {
      written.push({ at: Date.now(), ...watermarks })
      await new Promise((resolve) => setTimeout(resolve, RESPONSE_MS))
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const options = {
    replica: { call, on },
    report: () => undefined,
    context: { receipts },
    onWaiting: () => undefined,
  } as unknown as OutboxOptions
  const outbox = new Outbox(options)
  outbox.start()
  await vi.advanceTimersByTimeAsync(1)
  for (const [index, wait] of waits.entries()) {
    await vi.advanceTimersByTimeAsync(wait)
    const payload = { chatId, deliveredAt: index, readAt: index }
    waiting = [{ kind: 'groupReceipt', key: chatId, version: index, payload }]
    announce()
  }
  await vi.advanceTimersByTimeAsync(2 * INTERVAL_MS)
  outbox.stop()
  return written
}

it('receipts of a group are written at most once in ten seconds, and the newest state is always written', async () => {
  const waits = fc.array(fc.integer({ min: 0, max: 15_000 }), { minLength: 1, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(waits, async (times) => {
      const written = await writesOf(times)
      const gaps = written.slice(1).map(({ at }, index) => at - (written[index]?.at ?? 0))
      expect(Math.min(INTERVAL_MS, ...gaps)).toBe(INTERVAL_MS)
      expect(written.at(-1)?.readAt).toBe(times.length - 1)
    }),
    { numRuns: 50 },
  )
})
