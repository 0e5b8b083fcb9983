import { describe, expect, inject, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import { MUTED_FOREVER, type ChatState } from '#shared/domain/chat.ts'
import { writeDocuments } from '../../scripts/lib/emulator-rest.ts'
import { memorySession, temporaryDirectory, texts, type TestClient } from '../support/client.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { chatFields, stranger } from './owner-documents.ts'
import { chattingPair, pair, shown, startAgain, untilFlushed, untilSent } from './people.ts'

/** Returns the backend with a proxy in front of Firestore. */
async function proxied(): Promise<{ backend: Backend; proxy: TcpProxy }> {
  const backend = inject('backend')
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const proxy = await startTcpProxy(backend.emulator.firestorePort)
  return { backend: { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }, proxy }
}

const numbers = Array.from({ length: 30 }, (_, index) => `queued ${String(index)}`)

describe('without a network', () => {
  it('queues messages and sends them in order when the network is restored', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await chattingPair({ backend })
    proxy.cut()
    ada.setNetwork(false)
    await ada.until('offline', ({ connection }) => connection === 'offline')
    for (const text of numbers) await ada.send(chatId, text)
    expect(shown(ada)).toEqual(['first', 'second', ...numbers])
    await ben.send(chatId, 'meanwhile')
    await untilSent(ben)

    proxy.restore()
    ada.setNetwork(true)
    await ben.until('all', () => shown(ben).length === 33)
    await ada.until('all', () => shown(ada).length === 33)
    await untilSent(ada)
    await ada.until('a count of all', ({ chats }) => chats.get(chatId)?.messageCount === 33)
    expect(shown(ben)).toEqual(['first', 'second', 'meanwhile', ...numbers])
    expect(shown(ada)).toEqual(shown(ben))
    await proxy.stop()
  })

  it('keeps what another device of the same person has set meanwhile', async () => {
    const { backend, proxy } = await proxied()
    const { ada, chatId } = await chattingPair()
    const elsewhere = startAgain(ada, {
      directory: temporaryDirectory(),
      memory: memorySession(),
      backend,
    })
    await elsewhere.signIn(ada.phone)
    await elsewhere.until('the chat', ({ chats }) => chats.get(chatId)?.messageCount === 2)
    await untilFlushed(elsewhere)
    const state = (client: TestClient): ChatState | undefined =>
      client.store.getState().chats.get(chatId)?.state

    proxy.cut()
    elsewhere.setNetwork(false)
    await elsewhere.services.chats.markRead(chatId)
    await ada.services.chats.setState(chatId, { mutedUntil: MUTED_FOREVER })
    await untilFlushed(ada)
    proxy.restore()
    elsewhere.setNetwork(true)

    await untilFlushed(elsewhere)
    await ada.until('read elsewhere', () => state(ada)?.readCount === 2)
    await elsewhere.until('muted', () => state(elsewhere)?.mutedUntil === MUTED_FOREVER)
    expect(state(ada)?.mutedUntil).toBe(MUTED_FOREVER)
    await proxy.stop()
  })

  it('rejects only requests that need a response', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben } = await pair({ backend })
    proxy.cut()
    await expect(ada.services.people.findByPhone(ben.phone)).rejects.toMatchObject({ code: 'offline' })
    await ada.services.session.saveProfile({ displayName: 'Ada the First', about: '' })
    expect(ada.store.getState().account?.profile?.displayName).toBe('Ada the First')
    proxy.restore()
    await untilFlushed(ada)
    await proxy.stop()
  })
})

describe('a restart', () => {
  it('shows the replica before the first response and sends queued messages', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await chattingPair({ backend })
    proxy.cut()
    for (const text of numbers) await ada.send(chatId, text)
    await ada.close()
    await proxy.stop()

    const again = startAgain(ada)
    await again.until('the replica', ({ session, chats }) => session.phase === 'ready' && chats.has(chatId))
    await again.services.conversation.open(chatId)
    expect(shown(again)).toEqual(['first', 'second', ...numbers])
    expect(await again.services.session.unsentCount()).toBe(30)
    await again.signIn(ada.phone)
    await ben.until('all', () => shown(ben).length === 32)
    expect(shown(ben)).toEqual(['first', 'second', ...numbers])
  })

  it('stores messages that arrived meanwhile', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await untilFlushed(ada)
    await ada.close()
    for (const text of numbers) await ben.send(chatId, text)
    await untilFlushed(ben)

    const again = startAgain(ada)
    await again.signIn(ada.phone)
    await again.until('the count', ({ chats }) => chats.get(chatId)?.messageCount === 32)
    await again.until('the new messages', () => again.incoming.length === 30)
    expect(texts(await again.messages(chatId))).toEqual(['first', 'second', ...numbers])
  })

  it('does not duplicate messages whose acknowledgement was lost', async () => {
    let ended = false
    // After the commit no write reaches the replica, as if the process had been killed.
    const swallow = (method: string): boolean =>
      ended && (method.startsWith('replica.apply') || method === 'outbox.acknowledge')
    const { ada, ben, chatId } = await chattingPair({ swallow })
    ended = true
    await ada.send(chatId, 'once')
    await ada.send(chatId, 'and once more')
    await ben.until('both', () => shown(ben).length === 4)
    expect(await ada.services.session.unsentCount()).toBe(2)
    await ada.close()

    // Messages from the wire do not reach the replica here, so only the outbox can notice that they were sent.
    const again = startAgain(ada, { swallow: (method) => method === 'replica.applyMessages' })
    await again.signIn(ada.phone)
    await untilFlushed(again)
    await again.until('the count', ({ chats }) => chats.get(chatId)?.messageCount === 4)
    const messages = await again.messages(chatId)
    expect(texts(messages)).toEqual(['first', 'second', 'once', 'and once more'])
    expect(messages.every(({ delivery }) => delivery === 'sent')).toBe(true)
    expect(shown(ben)).toEqual(['first', 'second', 'once', 'and once more'])
  })

  it('keeps a chat with pending messages while the whole list of chats is compared', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await untilFlushed(ada)
    await ada.close()
    // A chat of a kind unknown to this version: the counts differ, so the whole list is read.
    const unknown = { ...chatFields(ada.me, stranger(1), { last: null, messageCount: 0 }), kind: 'channel' }
    await writeDocuments(inject('backend'), [{ path: `chats/${ada.me}-channel`, fields: unknown }])

    const again = startAgain(ada)
    await again.until('the replica', ({ session, chats }) => session.phase === 'ready' && chats.has(chatId))
    await again.services.conversation.open(chatId)
    for (const text of numbers) await again.send(chatId, text)
    await again.signIn(ada.phone)
    await ben.until('all', () => shown(ben).length === 32)
    await untilFlushed(again)
    expect(texts(await again.messages(chatId))).toEqual(['first', 'second', ...numbers])
  })

  it('of the store alone keeps the session and the open chat', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const before = ada.store.getState().conversation?.generation ?? 0
    ada.emit({ account: ada.me, name: 'replica.interrupted', payload: {} })
    await ada.until('the reopened chat', ({ conversation }) => (conversation?.generation ?? 0) > before)
    await ada.until('its messages', () => shown(ada).length === 2)
    await ada.send(chatId, 'third')
    await ben.until('the message', () => shown(ben).length === 3)
    await ben.send(chatId, 'fourth')
    await ada.until('the answer', () => shown(ada).length === 4)
    expect(shown(ada)).toEqual(['first', 'second', 'third', 'fourth'])
  })

  it('sends first messages that were still queued, and creates their chat', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await pair({ backend })
    proxy.cut()
    await ada.services.chats.openDirect(ben.me)
    await ada.send(chatId, 'one')
    await ada.send(chatId, 'two')
    await ada.close()
    await proxy.stop()

    const again: TestClient = startAgain(ada)
    await again.signIn(ada.phone)
    await ben.until('both', ({ chats }) => chats.get(chatId)?.messageCount === 2)
    await ben.services.conversation.open(chatId)
    await ben.until('both', () => shown(ben).length === 2)
    expect(shown(ben)).toEqual(['one', 'two'])
    expect(again.operations.counts().writes['chats/messages']).toBe(2)
  })
})
