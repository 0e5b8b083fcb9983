import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import type { Intent } from '#shared/intents/index.ts'
import { newObjectId, sha256Schema, type Attachment, type Sha256 } from '#shared/messages/attachment.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { stagedItemSchema } from '#shared/domain/staged.ts'
import {
  applyMessages,
  chatId,
  idOf,
  me,
  newestMessages,
  otherChatId,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

const HOUR = 3_600_000

let harness: Harness
beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

function hash(n: number): Sha256 {
  return sha256Schema.parse(String(n).padStart(64, '0'))
}

function photo(n: number, caption?: string): BodyOf<'photo'> {
  const file: Attachment = { object: newObjectId(), size: 10, sha256: hash(n), mime: 'image/png', enc: null }
  const body: BodyOf<'photo'> = { kind: 'photo', file, width: 4, height: 3, hash: '' }
  return caption === undefined ? body : { ...body, text: caption }
}

function send(n: number, body: BodyOf<'photo'>, changes: Partial<Message> = {}): void {
  harness.call('replica.send', queuedMessage(n, { body, ...changes }))
}

function waiting(): string[] {
  return harness.call('outbox.pending', undefined).map(({ kind, key }) => `${kind} ${key}`)
}

function intent(kind: 'upload' | 'send', n = 0): Intent {
  const found = harness.call('outbox.pending', undefined).filter((one) => one.kind === kind)[n]
  if (found === undefined) throw new Error(`no ${kind} waits`)
  return found
}

function acknowledge(
  { kind, key, version }: Intent,
  outcome: 'done' | 'failed',
  failure: Message['failure'] = null,
): void {
  harness.call('outbox.acknowledge', { kind, key, version, outcome, failure })
}

function objectOf(n: number): string | undefined {
  const message = newestMessages(harness).find(({ id }) => id === idOf(n))
  return attachmentOf(message?.body ?? null)?.object
}

describe('a message with a file', () => {
  it('queues the upload of its file with it', () => {
    const body = photo(1)
    send(1, body)
    expect(waiting()).toEqual([`upload ${body.file.object}`, `send ${idOf(1)}`])
    expect(intent('upload').payload).toEqual({
      place: { chatId },
      object: body.file.object,
      size: 10,
      sha256: hash(1),
      mime: 'image/png',
    })
    harness.call('replica.send', queuedMessage(1, { body: photo(1) }))
    expect(waiting()).toHaveLength(2)
  })

  it('gets the object of the same bytes in the same chat, uploading or sent', () => {
    const body = photo(1)
    send(1, body)
    send(2, photo(1))
    expect(objectOf(2)).toBe(body.file.object)
    acknowledge(intent('upload'), 'done')
    acknowledge(intent('send'), 'done')
    acknowledge(intent('send'), 'done')
    send(3, photo(1))
    expect(objectOf(3)).toBe(body.file.object)
    expect(waiting()).toEqual([`send ${idOf(3)}`])
  })

  it('does not use an object of another chat, of another person, or of a deleted message', () => {
    const foreign = photo(1)
    applyMessages(harness, [wireMessage(8, { body: foreign })])
    const deleted = photo(2)
    const own = { senderId: me, body: deleted }
    applyMessages(harness, [wireMessage(9, own)])
    applyMessages(harness, [wireMessage(9, { ...own, body: null, deletedAt: 20_000, updatedAt: 20_000 })])
    const [first, second] = [photo(1), photo(2)]
    send(1, first)
    send(2, second)
    expect([objectOf(1), objectOf(2)]).toEqual([first.file.object, second.file.object])

    harness.call('replica.openDirectChat', { peerId: userIdSchema.parse('other') })
    const elsewhere = photo(1)
    send(3, elsewhere, { chatId: otherChatId })
    expect(waiting()).toContain(`upload ${elsewhere.file.object}`)
  })

  it('uses an object that another device of this person has sent', () => {
    const body = photo(1)
    applyMessages(harness, [wireMessage(9, { senderId: me, body: body })])
    send(1, photo(1))
    expect(objectOf(1)).toBe(body.file.object)
    expect(waiting()).toEqual([`send ${idOf(1)}`])
  })

  it('fails when its upload fails, and queues it again when the person tries again', () => {
    const body = photo(1)
    send(1, body)
    acknowledge(intent('upload'), 'failed', 'lost')
    expect(newestMessages(harness)[0]).toMatchObject({ delivery: 'failed', failure: 'lost' })
    expect(waiting()).toEqual([])
    harness.call('outbox.retry', { messageId: idOf(1) })
    expect(waiting()).toEqual([`upload ${body.file.object}`, `send ${idOf(1)}`])
  })

  it('does not upload its file again when only the message failed', () => {
    send(1, photo(1))
    acknowledge(intent('upload'), 'done')
    acknowledge(intent('send'), 'failed', 'denied')
    harness.call('outbox.retry', { messageId: idOf(1) })
    expect(waiting()).toEqual([`send ${idOf(1)}`])
  })

  it('can be deleted until its file is uploaded, and its upload with it', () => {
    const shared = photo(1, 'look')
    send(1, shared)
    send(2, photo(1))
    harness.call('outbox.discard', { messageId: idOf(1) })
    expect(waiting()).toEqual([`upload ${shared.file.object}`, `send ${idOf(2)}`])
    harness.takeChanges()
    harness.call('outbox.discard', { messageId: idOf(2) })
    expect(waiting()).toEqual([])
    expect(harness.takeChanges().at(-1)?.outbox).toEqual([])
    expect(harness.call('replica.chats', undefined)[0]?.draft).toBe('look')

    send(3, photo(2))
    acknowledge(intent('upload'), 'done')
    harness.call('outbox.discard', { messageId: idOf(3) })
    expect(newestMessages(harness)).toHaveLength(1)
  })

  it('is deleted with its chat, and so is its upload', () => {
    send(1, photo(1))
    harness.call('replica.removeChats', { chatIds: [chatId] })
    expect(waiting()).toEqual([])
  })
})

describe('the session of an upload', () => {
  it('is kept while the upload waits, and not longer', () => {
    const body = photo(1)
    const { object } = body.file
    const set = (session: string | null) =>
      harness.call('uploads.setSession', { object, place: { chatId }, session })
    set('https://a')
    expect(harness.call('uploads.session', object)).toBeNull()
    send(1, body)
    set('https://a')
    set('https://b')
    expect(harness.call('uploads.session', object)).toBe('https://b')
    acknowledge(intent('upload'), 'done')
    expect(harness.call('uploads.session', object)).toBeNull()
  })
})

describe('the quota', () => {
  const add = (n: number, quota = 30): Sha256[] =>
    harness.call('files.add', { sha256: hash(n), size: 10, quota })
  const here = (): number[] =>
    harness
      .call('files.all', undefined)
      .map(({ sha256 }) => Number(sha256))
      .toSorted((a, b) => a - b)

  it('evicts the least recently used files first, but none that was used within the hour', () => {
    for (const n of [1, 2, 3]) {
      add(n)
      harness.clock.now += HOUR
    }
    harness.call('files.use', hash(1))
    expect(add(4)).toEqual([hash(2)])
    expect(here()).toEqual([1, 3, 4])
    expect(add(5, 10)).toEqual([hash(3)])
    expect(add(5, 10)).toEqual([])
  })

  it('never evicts what is kept, staged, being sent or failed', () => {
    for (const n of [1, 2, 3, 4, 5]) add(n, 1000)
    harness.call('files.keep', { sha256: hash(1), kept: true })
    harness.call('replica.setStaged', { chatId, items: [staged(2)] })
    send(3, photo(3))
    send(4, photo(4))
    acknowledge(intent('upload', 1), 'failed', 'denied')
    harness.clock.now += 2 * HOUR
    expect(add(6, 0)).toEqual([hash(5)])
    harness.call('files.keep', { sha256: hash(1), kept: false })
    harness.call('replica.setStaged', { chatId, items: [] })
    expect(add(6, 0).toSorted()).toEqual([hash(1), hash(2)])
  })
})

describe('staged files', () => {
  it('are part of the chat until they are replaced', () => {
    harness.takeChanges()
    harness.call('replica.setStaged', { chatId, items: [staged(1), staged(2)] })
    expect(harness.takeChanges()[0]?.chats[0]?.staged).toEqual([staged(1), staged(2)])
    harness.call('replica.setStaged', { chatId, items: [] })
    expect(harness.call('replica.chats', undefined)[0]?.staged).toEqual([])
  })
})

describe('a message that is made of a staged file', () => {
  it('takes the place of the file in one transaction', () => {
    harness.call('replica.setStaged', { chatId, items: [staged(1), staged(2), staged(3)] })
    harness.takeChanges()
    const message = queuedMessage(1, { body: photo(2) })
    harness.call('replica.sendStaged', { message, itemId: staged(2).id })
    const [change] = harness.takeChanges()
    expect(change?.chats[0]?.staged).toEqual([staged(1), staged(3)])
    expect(change?.messages.map(({ id }) => id)).toEqual([idOf(1)])
    harness.call('replica.sendStaged', { message, itemId: staged(2).id })
    expect(waiting().filter((name) => name.startsWith('send'))).toHaveLength(1)
  })

  it('leaves the file staged when it cannot be stored', () => {
    harness.call('replica.setStaged', { chatId, items: [staged(1)] })
    const foreign = queuedMessage(1, { senderId: userIdSchema.parse('other'), body: photo(1) })
    expect(() => harness.call('replica.sendStaged', { message: foreign, itemId: staged(1).id })).toThrow(
      'not an own message',
    )
    expect(harness.call('replica.chats', undefined)[0]?.staged).toEqual([staged(1)])
  })
})

function staged(n: number) {
  return stagedItemSchema.parse({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    kind: 'photo',
    sha256: hash(n),
    size: 10,
    mime: 'image/png',
    name: 'a.png',
    width: 4,
    height: 3,
    hash: '',
    duration: null,
    caption: '',
    asFile: false,
  })
}
