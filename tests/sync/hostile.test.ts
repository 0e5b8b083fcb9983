import { describe, expect, inject, it } from 'vitest'
import { writeDocuments, type Fields } from '../../scripts/lib/emulator-rest.ts'
import { directChatId } from '#shared/domain/ids.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import { texts } from '../support/client.ts'
import { chatDocuments, chatFields, messageFields, messageId, stranger } from './owner-documents.ts'
import { chattingPair, pair, person, shown, startAgain, untilFlushed } from './people.ts'

const MEGABYTE_ISH = 900_000
const at = new Date()

/** Bodies and their displayed texts. */
const bodies: [Fields | null | string | number, string][] = [
  [{ kind: 'hologram', frames: 7 }, '(unknown)'],
  [{ kind: 'x'.repeat(100_000) }, '(unknown)'],
  [{ kind: 'text', text: '' }, '(unknown)'],
  [{ kind: 'text', text: 7 }, '(unknown)'],
  [{ kind: 'text' }, '(unknown)'],
  [{ kind: 'unknown', of: 'x' }, '(unknown)'],
  ['just a string', '(unknown)'],
  [null, '(unknown)'],
  [{ kind: 'text', text: 'g'.repeat(MEGABYTE_ISH) }, 'g'.repeat(TEXT_LIMIT)],
  [{ kind: 'text', text: 'extra', more: { deep: true } }, 'extra'],
  [{ kind: 'text', text: '\u202Eevil' }, '\u202Eevil'],
  [{ kind: 'text', text: `a${'\u0301'.repeat(10_000)}` }, `a${'\u0301'.repeat(TEXT_LIMIT - 1)}`],
]

describe('hostile messages', () => {
  it('are shown as far as they are readable and do not delay later messages', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const path = (index: number): string => `chats/${chatId}/messages/${messageId(index)}`
    const good = (index: number, fields: Fields): { path: string; fields: Fields } => ({
      path: path(index),
      fields: messageFields(ben.me, new Date(), { seq: index, ...fields }),
    })
    const unreadable = [
      { ...good(100, {}), path: `chats/${chatId}/messages/short` },
      good(101, { senderId: 7 }),
      good(102, { senderId: 'not/a/uid' }),
      good(103, { sentAt: 'yesterday' }),
      { path: path(104), fields: { updatedAt: new Date() } },
    ]
    const readable = [
      ...bodies.map(([body], index) => good(index, { body })),
      good(200, { body: { kind: 'text', text: 'bad seq' }, seq: -7 }),
      good(201, { body: { kind: 'text', text: 'deleted' }, deletedAt: new Date() }),
    ]
    const written = 2 + readable.length + unreadable.length
    const last = { id: messageId(201), ...readable.at(-1)?.fields }
    await writeDocuments(inject('backend'), [
      ...readable,
      ...unreadable,
      {
        path: `chats/${chatId}`,
        fields: chatFields(ada.me, ben.me, {
          last,
          changed: last.id,
          messageCount: written,
          revision: written,
        }),
      },
    ])
    await ben.send(chatId, 'still here')
    await ada.until('the later message', () => shown(ada).at(-1) === 'still here')
    expect(shown(ada).slice(2, -1).toSorted()).toEqual(
      [...bodies.map(([, expected]) => expected), 'bad seq', '(deleted)'].toSorted(),
    )
    expect(ada.log.filter((line) => line.startsWith('wire.unreadable'))).toHaveLength(unreadable.length)
    expect(ada.store.getState().session.phase).toBe('ready')
  })
})

describe('hostile documents', () => {
  it('of chats are skipped, and the others still arrive', async () => {
    const ada = await person('Ada')
    const [a, b, c, d, e, f, g] = Array.from({ length: 7 }, (_, index) => stranger(900 + index))
    if (!a || !b || !c || !d || !e || !f || !g) throw new Error('there is nobody')
    const path = (peer: typeof a): string => `chats/${directChatId(ada.me, peer)}`
    const message = messageFields(b, at, { body: { kind: 'text', text: 'b' } })
    const last = { id: messageId(0), ...message, extra: 'p'.repeat(5000) }
    await writeDocuments(inject('backend'), [
      { path: path(a), fields: chatFields(ada.me, a, { messageCount: 'many', last: null }) },
      { path: path(c), fields: chatFields(ada.me, c, { kind: 'séance', messageCount: 1, last: null }) },
      { path: path(d), fields: chatFields(ada.me, e, { messageCount: 1, last: null }) },
      {
        path: path(e),
        fields: chatFields(ada.me, e, { memberIds: [ada.me, 'x', 7], messageCount: 1, last: null }),
      },
      { path: path(f), fields: { memberIds: [ada.me, f], updatedAt: at } },
      {
        path: path(g),
        fields: chatFields(ada.me, g, { messageCount: 0, last: { id: 7 }, title: { no: 1 } }),
      },
      {
        path: `${path(b)}/messages/${messageId(0)}`,
        fields: message,
      },
      {
        path: path(b),
        fields: chatFields(ada.me, b, { messageCount: 1, last, extra: ['newer', 'version'] }),
      },
    ])
    await ada.until('the readable chat', ({ chats }) => chats.has(directChatId(ada.me, b)))
    const peers = [...ada.store.getState().chats.values()].flatMap(({ memberIds }) => memberIds)
    expect(new Set(peers)).toEqual(new Set([ada.me, b, g]))
    await ada.until('its message', () => ada.incoming.length === 1)
    expect(texts(await ada.messages(directChatId(ada.me, b)))).toEqual(['b'])
  })

  it('of people and watermarks do not delay later messages', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const activity = `chats/${chatId}/activity`
    const memberIds = [ada.me, ben.me].sort()
    await writeDocuments(inject('backend'), [
      {
        path: `users/${ben.me}`,
        fields: { displayName: 'B'.repeat(100_000), about: 7, updatedAt: new Date() },
      },
      { path: `${activity}/not-a-uid`, fields: { memberIds, updatedAt: new Date() } },
      { path: `${activity}/${stranger(1)}`, fields: { memberIds, updatedAt: new Date(), readAt: 'never' } },
      { path: `elsewhere/deep/activity/${ben.me}`, fields: { memberIds, updatedAt: new Date() } },
      { path: `users/${ada.me}/chats/${chatId}`, fields: { readCount: -1, updatedAt: new Date() } },
      { path: `users/${ada.me}/contacts/${ben.me}`, fields: { name: ['x'], updatedAt: new Date() } },
      { path: `users/${ada.me}/blocked/${stranger(2)}`, fields: { blocked: 'yes', updatedAt: new Date() } },
    ])
    await ada.services.people.refresh(ben.me, true)
    expect(ada.store.getState().people.get(ben.me)).toMatchObject({
      displayName: 'B'.repeat(50),
      blocked: false,
    })
    await ben.send(chatId, 'still here')
    await ada.until('the later message', () => shown(ada).at(-1) === 'still here')
  })

  it('dated far in the future do not hide later messages', async () => {
    const { ada, ben, chatId } = await pair()
    await ben.services.chats.openDirect(ada.me)
    await ben.send(chatId, 'before')
    await ada.until('the first message', () => ada.incoming.length === 1)
    const future = new Date(Date.now() + 365 * 24 * 3_600_000)
    const [peer] = [stranger(950)]
    const documents = chatDocuments({ me: ada.me, peer, texts: ['from the future'], until: future })
    await writeDocuments(
      inject('backend'),
      documents.map(({ path, fields }) => ({ path, fields: { ...fields, updatedAt: future } })),
    )
    await ada.until(
      'the future message',
      ({ chats }) => chats.get(directChatId(ada.me, peer))?.historyComplete === true,
    )
    await untilFlushed(ada)
    await ada.close()
    await ben.send(chatId, 'now')
    const again = startAgain(ada)
    await again.signIn(ada.phone)
    await again.until('the later message', () => again.incoming.length > 0)
    expect(again.incoming.map(({ message }) => message.body)).toContainEqual({ kind: 'text', text: 'now' })
  })
})
