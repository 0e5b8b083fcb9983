import { expect, it } from 'vitest'
import { ada, chatId, me, messageId, wireChat, wireMessage } from '#shared/domain/test-data.ts'
import type { MessageChange } from '../../../data/messages-repository.ts'
import { WireError } from '../../../data/wire-error.ts'
import { deleteMessage } from './delete-message.ts'
import type { IntentContext } from './intent.ts'

const payload = { chatId, id: messageId(1) }
const denied = new WireError('denied')
const message = wireMessage(1, me, { chatId })

interface Wire {
  /** The response to each write, in order. Undefined, or no more entries: accepted. */
  writes?: WireError[]
  /** What the wire has after a denial; a WireError: reading is denied. */
  message?: typeof message | WireError | undefined
  newest?: number
}

/** Deletes the message. Returns the outcome, and for each write whether it took the message for the newest one. */
async function run({ writes = [], newest = 1, ...wire }: Wire) {
  const written: boolean[] = []
  const context = {
    sender: { newestIn: () => messageId(1) },
    wire: {
      messages: {
        async change({ body, isNewest }: MessageChange) {
          expect(body).toBeNull()
          written.push(isNewest)
          const failure = writes.shift()
          if (failure !== undefined) throw failure
          await Promise.resolve()
        },
        async get() {
          const found = 'message' in wire ? wire.message : message
          if (found instanceof WireError) throw found
          return Promise.resolve(found)
        },
      },
      chats: { get: () => Promise.resolve(wireChat(ada, { last: wireMessage(newest, me, { chatId }) })) },
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const outcome = await deleteMessage.write(context as unknown as IntentContext, payload)
  return { outcome, written }
}

it('deletes the message, at the first attempt if it knows the newest one', async () => {
  expect(await run({})).toEqual({ outcome: { outcome: 'done' }, written: [true] })
})

it('tries again without `last` when the message is not the newest one any more', async () => {
  expect(await run({ writes: [denied], newest: 2 })).toEqual({
    outcome: { outcome: 'done' },
    written: [true, false],
  })
})

it('is done when the message is deleted already', async () => {
  const deleted = { ...message, body: null, deletedAt: 9 }
  expect(await run({ writes: [denied], message: deleted })).toMatchObject({ outcome: { outcome: 'done' } })
})

it('is dropped when the server keeps refusing, or the message cannot be read', async () => {
  const dropped = { outcome: { outcome: 'dropped' } }
  expect(await run({ writes: [denied, denied, denied] })).toMatchObject(dropped)
  expect(await run({ writes: [denied], message: undefined })).toMatchObject(dropped)
  expect(await run({ writes: [denied], message: denied })).toMatchObject(dropped)
})

it('is retried when the server cannot be reached, also after a denial', async () => {
  const offline = new WireError('offline')
  await expect(run({ writes: [offline] })).rejects.toBe(offline)
  await expect(run({ writes: [denied], message: offline })).rejects.toBe(offline)
})
