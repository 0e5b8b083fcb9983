import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { directChatId, messageIdSchema, userIdSchema, type ChatId } from '#shared/domain/ids.ts'
import type { Intent } from '#shared/intents/index.ts'
import { ada, chatId, me, message as messageOf, queued } from '#shared/domain/test-data.ts'
import { newObjectId, sha256Schema, type ObjectId } from '#shared/messages/attachment.ts'
import type { Wire } from '../../data/wire.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { MessageSender } from './intents/send.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'

/** The replica's waiting intents. The fake wire below accepts them. */
let waiting: Intent[]
let version: number
let announce: () => void
/** The intents that were written to the wire, in order. */
let written: string[]
let caughtUp: PromiseWithResolvers<void>
/** Resolves the write of a block. */
let blockWritten: PromiseWithResolvers<void>
/** Resolves the upload of an object; absent: it resolves at once. */
let uploads: Map<ObjectId, PromiseWithResolvers<void>>
let outbox: Outbox

beforeEach(() => {
  vi.useFakeTimers()
  waiting = []
  version = 0
  written = []
  uploads = new Map()
  caughtUp = Promise.withResolvers()
  blockWritten = Promise.withResolvers()
  const call = (method: string, args: { key: string; version: number }): Promise<unknown> => {
    if (method === 'outbox.pending') return Promise.resolve([...waiting])
    waiting = waiting.filter(({ key, version: stored }) => key !== args.key || stored !== args.version)
    return Promise.resolve(undefined)
  }
  const on = (_: string, listener: (change: { outbox: Intent[] }) => void): (() => void) => {
    announce = () => listener({ outbox: [...waiting] })
    return () => undefined
  }
  const send = ({ id }: { id: string }): Promise<void> => Promise.resolve(void written.push(id))
  const store = { getState: () => ({ chats: new Map([[chatId, { memberIds: [me, ada], onWire: true }]]) }) }
  const wire = {
    messages: { send, wasSent: () => Promise.resolve(false) },
    owner: {
      write: (path: string[]) => {
        written.push(path.join('/'))
        return blockWritten.promise
      },
    },
  }
  const context = {
    wire,
    sender: new MessageSender(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
      store as unknown as AppStore,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
      wire as unknown as Wire,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
      { call } as unknown as AccountBridge,
    ),
    receipts: { writeWatermarks: (id: ChatId) => Promise.resolve(void written.push(`receipt ${id}`)) },
    transfers: {
      isPaused: () => false,
      async upload({ object }: { object: ObjectId }) {
        written.push(`upload ${object}`)
        await uploads.get(object)?.promise
        return { outcome: 'done' }
      },
    },
    onBlocked: () => undefined,
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const options = {
    replica: { call, on },
    report: () => undefined,
    context,
    onWaiting: () => undefined,
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
  waiting.push({ kind: 'send', key: id, version, payload: messageOf(version, me, { ...queued, id }) })
  return id
}

/** Queues a message with a file, and the upload of the file. */
function queueFile(name: string): { id: string; object: ObjectId } {
  const file = {
    object: newObjectId(),
    size: 5,
    sha256: sha256Schema.parse('0'.repeat(64)),
    mime: 'text/plain',
    enc: null,
  }
  version += 1
  const { enc: _, ...payload } = { ...file, place: { chatId } }
  waiting.push({ kind: 'upload', key: file.object, version, payload })
  const id = queue(name)
  const message = waiting.at(-1)
  if (message?.kind === 'send') message.payload.body = { kind: 'file', file, name }
  return { id, object: file.object }
}

function queueReceipt(): void {
  version += 1
  const payload = { chatId, deliveredAt: version, readAt: version }
  waiting.push({ kind: 'receipt', key: chatId, version, payload })
}

const idle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1)

describe('intents of an earlier session', () => {
  it('wait until sync has caught up, and so do later ones of the same chat', async () => {
    const delivered = queue('delivered')
    const left = queue('left')
    outbox.start()
    await idle()
    const fresh = queue('fresh')
    announce()
    await idle()
    expect(written).toEqual([])

    // Sync stores the message that was on the wire already, which ends its intent.
    waiting = waiting.filter(({ key }) => key !== delivered)
    caughtUp.resolve()
    await idle()
    expect(written).toEqual([left, fresh])
  })

  it('delay nothing when there are none', async () => {
    outbox.start()
    await idle()
    const fresh = queue('fresh')
    announce()
    await idle()
    expect(written).toEqual([fresh])
  })
})

it('writes receipts even when the clock is set back', async () => {
  outbox.start()
  await idle()
  queueReceipt()
  announce()
  await vi.advanceTimersByTimeAsync(3000)
  expect(written).toHaveLength(1)
  queueReceipt()
  announce()
  vi.setSystemTime(Date.now() - 3_600_000)
  await vi.advanceTimersByTimeAsync(3000)
  expect(written).toHaveLength(2)
})

it('writes a message only after the unblocking that it depends on was acknowledged', async () => {
  outbox.start()
  await idle()
  version += 1
  waiting.push({ kind: 'block', key: ada, version, payload: { userId: ada, blocked: false } })
  const hello = queue('hello')
  announce()
  await idle()
  expect(written).toEqual([`blocked/${ada}`])
  blockWritten.resolve()
  await idle()
  expect(written).toEqual([`blocked/${ada}`, hello])
})

it('writes messages with files in their order, each after its file, and lets texts pass', async () => {
  outbox.start()
  await idle()
  const slow = queueFile('slow')
  const fast = queueFile('fast')
  uploads.set(slow.object, Promise.withResolvers())
  const text = queue('text')
  announce()
  await idle()
  expect(written).toEqual([`upload ${slow.object}`, `upload ${fast.object}`, text])
  uploads.get(slow.object)?.resolve()
  await idle()
  expect(written.slice(3)).toEqual([slow.id, fast.id])
})

it('uploads three files at a time', async () => {
  outbox.start()
  await idle()
  const files = ['a', 'b', 'c', 'd'].map(queueFile)
  for (const { object } of files) uploads.set(object, Promise.withResolvers())
  announce()
  await idle()
  expect(written).toHaveLength(3)
  for (const { object } of files) uploads.get(object)?.resolve()
  await idle()
  expect(written.filter((name) => !name.startsWith('upload'))).toEqual(files.map(({ id }) => id))
})

it('keeps the prompt lane free while the background lane is full', async () => {
  outbox.start()
  await idle()
  for (let n = 0; n < 200; n++) {
    version += 1
    const key = directChatId(me, userIdSchema.parse(`peer${String(n)}`))
    const payload = { chatId: key, memberIds: [me, ada], deliveredAt: 1, readAt: 1 }
    waiting.push({ kind: 'receipt', key, version, payload })
  }
  const hello = queue('hello')
  announce()
  await idle()
  expect(written).toEqual([hello])
  await vi.advanceTimersByTimeAsync(3000)
  expect(written).toHaveLength(201)
})
