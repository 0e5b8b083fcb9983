import { expect, it } from 'vitest'
import { attachment, chatId, me, message, photoBody } from '#shared/domain/test-data.ts'
import { chatIdSchema, type ChatId } from '#shared/domain/ids.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { forwardMessage } from './forward-message.ts'

const targets = ['me_ben', 'me_cid'].map((id) => chatIdSchema.parse(id))
const photo = message(1, me, { chatId, body: photoBody({ file: attachment(), text: 'Look' }) })

/** Forwards a message. `fails`: the chat in which it cannot be stored. `cancelAfter`: this many chats. */
async function run(source: Message, { here = true, fails = '', cancelAfter = Infinity } = {}) {
  const sent: { chatId: ChatId; body: KnownBody }[] = []
  const done: ChatId[] = []
  const services = {
    conversation: {
      async forward(to: ChatId, body: KnownBody) {
        if (to === fails) throw new Error('disk')
        sent.push({ chatId: to, body })
        await Promise.resolve()
      },
    },
    media: () => Promise.resolve({ fetch: () => Promise.resolve(here) }),
  }
  const outcome = await forwardMessage(services, source, {
    chatIds: targets,
    isWanted: () => done.length < cancelAfter,
    onSent: (to) => done.push(to),
  }).catch((error: unknown) => error)
  return { outcome, sent, done }
}

it('sends a copy to each chat, with an object of its own', async () => {
  const { outcome, sent, done } = await run(photo)
  expect(outcome).toBe(true)
  expect(sent).toMatchObject(targets.map((to) => ({ chatId: to, body: { kind: 'photo', text: 'Look' } })))
  expect(done).toEqual(targets)
  const objects = [photo.body, ...sent.map(({ body }) => body)].map((body) => attachmentOf(body)?.object)
  expect(new Set(objects).size).toBe(3)
})

it('sends nothing when the file cannot be had, or there is nothing to forward', async () => {
  expect(await run(photo, { here: false })).toEqual({ outcome: false, sent: [], done: [] })
  expect(await run({ ...photo, body: null, deletedAt: 1 })).toMatchObject({ outcome: false, sent: [] })
})

it('ends where a copy could not be stored, or where the person cancels', async () => {
  expect(await run(photo, { fails: 'me_cid' })).toMatchObject({
    outcome: new Error('disk'),
    done: ['me_ben'],
  })
  expect(await run(photo, { cancelAfter: 1 })).toMatchObject({ outcome: false, done: ['me_ben'] })
})
