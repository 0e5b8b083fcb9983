import { expect, it } from 'vitest'
import type { ChatId } from '#shared/domain/ids.ts'
import { ada, chatId, emptyChat, me, message, queued } from '#shared/domain/test-data.ts'
import type { ChatWrite } from '../../../data/messages-repository.ts'
import type { Wire } from '../../../data/wire.ts'
import { WireError } from '../../../data/wire-error.ts'
import type { AccountBridge } from '../../../platform/bridge.ts'
import { createAppStore } from '../../../stores/app-store.ts'
import { MessageSender } from './send.ts'

const create: ChatWrite = { create: { memberIds: emptyChat(ada).memberIds } }
const denied = new WireError('denied')

interface Responses {
  /** The response to each write, in order. Undefined, or no more entries: accepted. */
  writes?: (WireError | undefined)[]
  wasSent?: boolean[]
  exists?: boolean
}

/** Starts a sender for one chat, and records how it writes the chat. */
function start(onWire: boolean, { writes = [], wasSent = [], exists = false }: Responses = {}) {
  const written: ChatWrite[] = []
  const store = createAppStore({ chats: new Map([[chatId, emptyChat(ada, { onWire })]]) })
  const send = async (_: unknown, chat: ChatWrite): Promise<void> => {
    written.push(chat)
    const failure = writes.shift()
    if (failure !== undefined) throw failure
    await Promise.resolve()
  }
  const messages = { send, wasSent: () => Promise.resolve(wasSent.shift() ?? false) }
  const chats = { get: (id: ChatId) => Promise.resolve(exists ? { id } : undefined) }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const wire = { messages, chats } as unknown as Wire
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only events of groups use it
  const sender = new MessageSender(store, wire, {} as AccountBridge)
  return { sender, written }
}

const mine = (n: number) => message(n, me, queued)

it('creates the chat with its first message; isCreating is true until the response', async () => {
  const { sender, written } = start(false)
  const first = sender.send(mine(1))
  expect(sender.isCreating(chatId)).toBe(true)
  await expect(first).resolves.toEqual({ outcome: 'done' })
  expect(sender.isCreating(chatId)).toBe(false)
  await sender.send(mine(2))
  expect(written).toEqual([create, 'update'])
})

it('counts a denied message as sent when the wire has it', async () => {
  const before = start(true, { writes: [denied], wasSent: [true] })
  await expect(before.sender.send(mine(1))).resolves.toEqual({ outcome: 'done' })
  const meanwhile = start(false, { writes: [denied, denied], wasSent: [false, true], exists: true })
  await expect(meanwhile.sender.send(mine(1))).resolves.toEqual({ outcome: 'done' })
})

it('retries once with an update or a creation, depending on whether the chat exists on the wire', async () => {
  const theirs = start(false, { writes: [denied], exists: true })
  await expect(theirs.sender.send(mine(1))).resolves.toEqual({ outcome: 'done' })
  expect(theirs.written).toEqual([create, 'update'])
  const gone = start(true, { writes: [denied, denied], exists: false })
  await expect(gone.sender.send(mine(1))).resolves.toEqual({ outcome: 'failed', failure: 'denied' })
  expect(gone.written).toEqual(['update', create])
})

it('drops the event of leaving when this person is no longer a member', async () => {
  const left = message(1, me, { ...queued, body: { kind: 'event', event: 'left', uids: [me] } })
  const gone = start(true, { writes: [denied], exists: false })
  await expect(gone.sender.send(left)).resolves.toEqual({ outcome: 'dropped' })
  const still = start(true, { writes: [denied, denied], exists: true })
  await expect(still.sender.send(left)).resolves.toEqual({ outcome: 'failed', failure: 'denied' })
})

it('fails denied and invalid messages, and rejects for a retry otherwise', async () => {
  const blocked = start(true, { writes: [denied], exists: true })
  await expect(blocked.sender.send(mine(1))).resolves.toEqual({ outcome: 'failed', failure: 'denied' })
  expect(blocked.written).toEqual(['update'])
  const invalid = start(true, { writes: [new WireError('invalid')] })
  await expect(invalid.sender.send(mine(1))).resolves.toEqual({ outcome: 'failed', failure: 'invalid' })
  const offline = start(false, { writes: [new WireError('offline')] })
  await expect(offline.sender.send(mine(1))).rejects.toMatchObject({ failure: 'offline' })
  expect(offline.sender.isCreating(chatId)).toBe(false)
})

it('writes no message that was deleted meanwhile, and says whether an earlier attempt has arrived', async () => {
  const deleted = { ...mine(1), body: null, deletedAt: 5 }
  const before = start(true, { wasSent: [true] })
  await expect(before.sender.send(deleted)).resolves.toEqual({ outcome: 'done' })
  const never = start(true)
  await expect(never.sender.send(deleted)).resolves.toEqual({ outcome: 'dropped' })
  expect([...before.written, ...never.written]).toEqual([])
})
