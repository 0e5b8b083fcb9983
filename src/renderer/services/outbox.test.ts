import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { messageIdSchema, type ChatId } from '#shared/domain/ids.ts'
import type { OutboxOp } from '#shared/domain/outbox.ts'
import { ada, chatId, me, message as messageOf, queued } from '#shared/domain/test-data.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'

/** What the replica holds; the fake wire below takes it. */
let waiting: OutboxOp[]
let version: number
let changed: () => void
/** Keys of what was written to the wire, in order. */
let written: string[]
let caughtUp: PromiseWithResolvers<void>
let outbox: Outbox

beforeEach(() => {
  vi.useFakeTimers()
  waiting = []
  version = 0
  written = []
  caughtUp = Promise.withResolvers()
  const call = (method: string, args: { key: string; version: number }): Promise<unknown> => {
    if (method === 'outbox.pending') return Promise.resolve([...waiting])
    waiting = waiting.filter((op) => op.key !== args.key || op.version !== args.version)
    return Promise.resolve(undefined)
  }
  const on = (_: string, listener: (change: { outbox: OutboxOp[] }) => void): (() => void) => {
    changed = () => listener({ outbox: [...waiting] })
    return () => undefined
  }
  const send = ({ id }: { id: string }): Promise<void> => Promise.resolve(void written.push(id))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what is used here
  const options = {
    platform: { call, on },
    store: { getState: () => ({ chats: new Map([[chatId, { memberIds: [me, ada], onWire: true }]]) }) },
    wire: { messages: { send, wasSent: () => Promise.resolve(false) } },
    activity: { writeWatermarks: (id: ChatId) => Promise.resolve(void written.push(`receipt ${id}`)) },
    report: () => undefined,
    onBlocked: () => undefined,
    caughtUp: () => caughtUp.promise,
  } as unknown as OutboxOptions
  outbox = new Outbox(options)
})
afterEach(() => {
  outbox.stop()
  vi.useRealTimers()
})

function queue(name: string): string {
  const id = messageIdSchema.parse(name.padEnd(16, '-'))
  version += 1
  waiting.push({ kind: 'send', key: id, version, message: messageOf(version, me, { ...queued, id }) })
  return id
}

function owe(): void {
  version += 1
  const watermarks = { deliveredAt: version, readAt: version }
  waiting.push({ kind: 'receipt', key: chatId, version, chatId, memberIds: [me, ada], ...watermarks })
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

describe('what an earlier session left', () => {
  it('waits until the replica knows what the wire has, and what is written after it waits behind', async () => {
    const taken = queue('taken')
    const left = queue('left')
    outbox.start()
    await settled()
    const fresh = queue('fresh')
    changed()
    await settled()
    expect(written).toEqual([])

    // Sync brings the one that the wire had taken: that settles it.
    waiting = waiting.filter(({ key }) => key !== taken)
    caughtUp.resolve()
    await settled()
    expect(written).toEqual([left, fresh])
  })

  it('keeps nothing waiting when there is nothing', async () => {
    outbox.start()
    await settled()
    const fresh = queue('fresh')
    changed()
    await settled()
    expect(written).toEqual([fresh])
  })
})

it('receipts go on when the clock is set back', async () => {
  outbox.start()
  await settled()
  owe()
  changed()
  await vi.advanceTimersByTimeAsync(3000)
  expect(written).toHaveLength(1)
  owe()
  changed()
  vi.setSystemTime(Date.now() - 3_600_000)
  await vi.advanceTimersByTimeAsync(3000)
  expect(written).toHaveLength(2)
})
