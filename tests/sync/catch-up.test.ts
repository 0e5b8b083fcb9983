import { describe, expect, inject, it, vi } from 'vitest'
import { writeDocuments } from '../../scripts/lib/emulator-rest.ts'
import { directChatId } from '#shared/domain/ids.ts'
import { texts } from '../support/client.ts'
import { chatDocuments, messageFields, messageId, stranger } from './owner-documents.ts'
import { person, shown, startAgain, untilFlushed } from './people.ts'

const CHATS = 50
const peers = Array.from({ length: CHATS }, (_, index) => stranger(index))

function lines(count: number, name = 'line'): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${String(index)}`)
}

describe('catching up', () => {
  it('stores 500 messages in 50 chats, each once and in order', async () => {
    const ada = await person('Ada')
    await untilFlushed(ada)
    await ada.close()
    const until = new Date()
    await writeDocuments(
      inject('backend'),
      peers.flatMap((peer) => chatDocuments({ me: ada.me, peer, texts: lines(10), until })),
    )

    const again = startAgain(ada)
    await again.signIn(ada.phone)
    await again.until('the list', ({ chats }) => chats.size === CHATS)
    await again.until('all messages', () => again.operations.counts().reads['chats/messages'] === 10 * CHATS)
    for (const peer of peers) {
      expect(texts(await again.messages(directChatId(ada.me, peer)))).toEqual(lines(10))
    }
  })

  it('shows the list on a new replica and pages back to the first message', async () => {
    const ada = await person('Ada')
    await untilFlushed(ada)
    await ada.services.session.signOut()
    const [peer] = peers
    if (peer === undefined) throw new Error('there is nobody')
    const chatId = directChatId(ada.me, peer)
    const all = lines(180)
    await writeDocuments(
      inject('backend'),
      chatDocuments({ me: ada.me, peer, texts: all, until: new Date() }),
    )

    const fresh = startAgain(ada)
    await fresh.signIn(ada.phone)
    await fresh.until('the list', ({ chats, firstSyncDone }) => firstSyncDone && chats.has(chatId))
    await fresh.services.conversation.open(chatId)
    expect(shown(fresh)).toEqual(all.slice(-50))
    expect(fresh.incoming).toEqual([])

    for (let page = 0; fresh.store.getState().conversation?.hasOlder === true && page < 10; page++) {
      await fresh.services.conversation.loadOlder()
    }
    expect(fresh.store.getState().conversation).toMatchObject({ hasOlder: false, olderFailed: false })
    expect(shown(fresh)).toEqual(all)
    // Each page repeats the last message of the page before. The listener repeats the last ten seconds.
    expect(fresh.operations.counts().reads['chats/messages']).toBeLessThanOrEqual(180 + 4 + 11)
  })

  it('stores a new chat with its whole history', async () => {
    const ada = await person('Ada')
    await untilFlushed(ada)
    const [peer] = peers
    if (peer === undefined) throw new Error('there is nobody')
    const chatId = directChatId(ada.me, peer)
    const all = lines(230)
    const until = new Date()
    const documents = chatDocuments({ me: ada.me, peer, texts: all, until })
    // The first message has the latest updatedAt, so it is on the last page.
    const [first] = documents
    Object.assign(first?.fields ?? {}, { updatedAt: until, deletedAt: until, body: null })
    await writeDocuments(inject('backend'), documents)
    await vi.waitFor(async () => expect(await ada.messages(chatId)).toHaveLength(230), 30_000)
    expect(texts(await ada.messages(chatId))).toEqual(['(deleted)', ...all.slice(1)])
    expect(ada.store.getState().chats.get(chatId)?.historyComplete).toBe(true)
    expect(ada.incoming).toHaveLength(229)
  })

  it('neither skips nor repeats messages after a kill', async () => {
    const ada = await person('Ada')
    const [peer] = peers
    if (peer === undefined) throw new Error('there is nobody')
    // Writes one more message, and the chat with the new count.
    const write = async (count: number): Promise<void> => {
      const documents = chatDocuments({ me: ada.me, peer, texts: lines(count), until: new Date() })
      await writeDocuments(inject('backend'), documents.slice(-2))
    }
    await write(1)
    await ada.until('the first', () => ada.incoming.length === 1)
    await untilFlushed(ada)
    await ada.close()

    await write(2)
    // After the second message no write reaches the replica, as if the process had been killed.
    let ended = false
    const swallow = (method: string): boolean => {
      if (ended) return method.startsWith('replica.apply') || method === 'replica.chatSync'
      ended = method === 'replica.apply'
      return false
    }
    const killed = startAgain(ada, { swallow })
    await killed.signIn(ada.phone)
    await killed.until('the second', () => killed.incoming.length === 1)
    await killed.close()

    await write(3)
    const again = startAgain(ada)
    await again.signIn(ada.phone)
    await again.until('the third', () => again.incoming.length === 1)
    await write(4)
    await again.until('the fourth', () => again.incoming.length === 2)
    expect(texts(await again.messages(directChatId(ada.me, peer)))).toEqual(lines(4))
    expect(again.log.filter((line) => line.startsWith('sync.gap'))).toEqual([])
  })

  it('stores a message that is committed after a message with a later time', async () => {
    const ada = await person('Ada')
    const [peer] = peers
    if (peer === undefined) throw new Error('there is nobody')
    const chatId = directChatId(ada.me, peer)
    const until = new Date()
    const documents = chatDocuments({ me: ada.me, peer, texts: lines(3), until })
    const [late] = documents.splice(1, 1)
    const [chat] = documents.slice(-1)
    if (late === undefined || chat === undefined) throw new Error('there is no chat')
    Object.assign(chat.fields, { messageCount: 2, revision: 2 })
    await writeDocuments(inject('backend'), documents)
    await ada.until('the others', () => ada.incoming.length === 2)
    // The chat's document does not contain the late message, because its `last` is null.
    const wakeUp = { ...chat.fields, messageCount: 3, revision: 4, last: null, updatedAt: new Date() }
    await writeDocuments(inject('backend'), [late, { path: chat.path, fields: wakeUp }])
    await ada.until('the late one', () => ada.incoming.length === 3)
    expect(texts(await ada.messages(chatId))).toEqual(lines(3))
  })

  it('stores more changes with the same time than fit on a page', async () => {
    const ada = await person('Ada')
    const [peer] = peers
    if (peer === undefined) throw new Error('there is nobody')
    const documents = chatDocuments({ me: ada.me, peer, texts: lines(2), until: new Date() })
    await writeDocuments(inject('backend'), documents)
    await ada.until('the first two', () => ada.incoming.length === 2)
    const [chat] = documents.slice(-1)
    if (chat === undefined) throw new Error('there is no chat')
    // More deletions than fit on a page, all with the same time, as after one batch.
    const deletedAt = new Date()
    const deletions = Array.from({ length: 250 }, (_, index) => ({
      path: `${chat.path}/messages/${messageId(index + 2)}`,
      fields: messageFields(peer, deletedAt, { seq: index + 2, body: null, deletedAt }),
    }))
    const wakeUp = {
      path: chat.path,
      fields: { ...chat.fields, messageCount: 252, revision: 252, updatedAt: deletedAt },
    }
    await writeDocuments(inject('backend'), [...deletions, wakeUp])
    const chatId = directChatId(ada.me, peer)
    await vi.waitFor(async () => expect(await ada.messages(chatId)).toHaveLength(252), 30_000)
    expect(ada.log.filter((line) => line.startsWith('sync.gap'))).toEqual([])
  })
})
