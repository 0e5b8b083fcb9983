import { randomBytes } from 'node:crypto'
import { describe, expect, inject, it, vi } from 'vitest'
import type { ChatId } from '#shared/domain/ids.ts'
import { newObjectId, type ObjectId, type Sha256 } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { readObject } from '../../scripts/lib/emulator-rest.ts'
import { shownMessages, type TestClient } from '../support/client.ts'
import { groupWith } from './group-people.ts'
import { chattingPair, person, shown, untilFlushed, untilSent } from './people.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

interface SentPhoto {
  message: Message
  object: ObjectId
  sha256: Sha256
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const newPicture = (): Blob => new Blob([PNG, randomBytes(2000)], { type: 'image/png' })

/** Sends a photo, and waits until it has arrived. */
async function sendPhoto(client: TestClient, chatId: ChatId, bytes = newPicture()): Promise<SentPhoto> {
  const { sha256, size } = await (await client.services.media()).importFile(bytes)
  const before = shownMessages(client.store.getState()).length
  const file = { object: newObjectId(), size, sha256, mime: 'image/png', enc: null }
  await client.services.conversation.send(chatId, { kind: 'photo', file, width: 4, height: 3, hash: '' })
  await client.until('the photo', (state) => shownMessages(state).length > before)
  await untilSent(client)
  const message = shownMessages(client.store.getState()).at(-1)
  if (message?.body?.kind !== 'photo') throw new Error('The photo is not the newest message.')
  return { message, object: message.body.file.object, sha256 }
}

function deleteMessage(client: TestClient, { chatId, id }: Message): Promise<void> {
  return client.services.outbox.add({ kind: 'deleteMessage', payload: { chatId, id } })
}

function isInStorage(chatId: ChatId, object: ObjectId): Promise<boolean> {
  return readObject(inject('backend'), `chats/${chatId}/${object}`).then((bytes) => bytes !== undefined)
}

function isHere(client: TestClient, sha256: Sha256): Promise<boolean> {
  return client.media(sha256, 'image/png').then(({ ok }) => ok)
}

function untilGone(chatId: ChatId, object: ObjectId): Promise<void> {
  return vi.waitFor(async () => expect(await isInStorage(chatId, object)).toBe(false), 30_000)
}

describe('deleting for everyone', () => {
  it('takes the newest message and an older one back on both sides', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await ada.send(chatId, 'third')
    await ben.until('the text', () => shown(ben).length === 3)
    await untilSent(ada)
    const [first, , third] = shownMessages(ada.store.getState())
    if (first === undefined || third === undefined) throw new Error('Messages are missing.')
    await deleteMessage(ada, third)
    await deleteMessage(ada, first)
    const expected = ['(deleted)', 'second', '(deleted)']
    expect(shown(ada)).toEqual(expected)
    await ben.until('both deletions', () => shown(ben).join() === expected.join())
    await untilFlushed(ada)
    expect(shown(ada)).toEqual(expected)
    expect(ben.store.getState().chats.get(chatId)?.last?.body).toBeNull()
  })

  it('is done when the network is back, also of a message that was never sent', async () => {
    const backend = inject('backend')
    if (backend.emulator === null) throw new Error('This works only with the local backend.')
    const proxy = await startTcpProxy(backend.emulator.firestorePort)
    const own = { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }
    const { ada, ben, chatId } = await chattingPair({ backend: own })
    proxy.cut()
    ada.setNetwork(false)
    await ada.until('offline', ({ connection }) => connection === 'offline')
    await ada.send(chatId, 'never mind')
    const [first, , unsent] = shownMessages(ada.store.getState())
    if (first === undefined || unsent === undefined) throw new Error('Messages are missing.')
    await deleteMessage(ada, first)
    await deleteMessage(ada, unsent)
    expect(shown(ada)).toEqual(['(deleted)', 'second', '(deleted)'])
    expect(shown(ben)).toEqual(['first', 'second'])
    proxy.restore()
    ada.setNetwork(true)
    await ben.until('the deletion', () => shown(ben)[0] === '(deleted)')
    await untilFlushed(ada)
    await ben.until('no text', () => !shown(ben).includes('never mind'))
    await proxy.stop()
  })

  it('is refused after the other person has blocked this one, and the message comes back', async () => {
    const { ada, ben } = await chattingPair()
    await ben.services.outbox.add({ kind: 'block', payload: { userId: ada.me, blocked: true } })
    await untilFlushed(ben)
    const [first] = shownMessages(ada.store.getState())
    if (first === undefined) throw new Error('The message is missing.')
    await deleteMessage(ada, first)
    expect(shown(ada)[0]).toBe('(deleted)')
    await ada.until('the message again', () => shown(ada)[0] === 'first')
    expect(shownMessages(ada.store.getState())[0]).toMatchObject({ delivery: 'sent', failure: 'denied' })
    expect(shown(ben)[0]).toBe('first')
  })
})

describe('the file of a deleted message', () => {
  it('disappears from Storage and from both machines', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const { message, object, sha256 } = await sendPhoto(ada, chatId)
    await ben.until('the photo', () => shown(ben).length === 3)
    const file = message.body?.kind === 'photo' ? message.body.file : undefined
    if (file === undefined) throw new Error('There is no file.')
    await (await ben.services.media()).download({ chatId }, file)
    expect(await Promise.all([isHere(ada, sha256), isHere(ben, sha256)])).toEqual([true, true])
    await deleteMessage(ada, message)
    await untilGone(chatId, object)
    await vi.waitFor(async () => {
      expect(await Promise.all([isHere(ada, sha256), isHere(ben, sha256)])).toEqual([false, false])
    }, 30_000)
    await untilFlushed(ada)
  })

  it('stays in Storage while another message has it', async () => {
    const { ada, chatId } = await chattingPair()
    const bytes = newPicture()
    const first = await sendPhoto(ada, chatId, bytes)
    const second = await sendPhoto(ada, chatId, bytes)
    expect(second.object).toBe(first.object)
    await deleteMessage(ada, first.message)
    await untilFlushed(ada)
    expect(await isInStorage(chatId, first.object)).toBe(true)
    await deleteMessage(ada, second.message)
    await untilGone(chatId, first.object)
  })

  it('is deleted by its sender after an admin of the group has deleted the message', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    const chatId = await groupWith(ada, [ben])
    const { message, object } = await sendPhoto(ben, chatId)
    await ada.until('the photo', (state) => shownMessages(state).some(({ id }) => id === message.id))
    expect(await isInStorage(chatId, object)).toBe(true)
    await deleteMessage(ada, message)
    await ben.until('the deletion', (state) => shownMessages(state).at(-1)?.body === null)
    await untilGone(chatId, object)
    await untilFlushed(ben)
  })
})
