import { describe, expect, it } from 'vitest'
import { defaultPrivacy } from '#shared/domain/account.ts'
import { unreadCount } from '#shared/domain/chat.ts'
import { MAX_ADDED } from '#shared/domain/group.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { shownMessages, type SignedInClient } from '../support/client.ts'
import { groupWith } from './group-people.ts'
import { person, shown, startAgain, untilFlushed } from './people.ts'

/** The events and texts of the open conversation, oldest first. */
function history(client: SignedInClient): string[] {
  return shownMessages(client.store.getState()).map(({ body }) =>
    body?.kind === 'event' ? body.event : body?.kind === 'text' ? body.text : '',
  )
}

const groupOf = (client: SignedInClient, chatId: ChatId) => client.store.getState().chats.get(chatId)

async function threePeople(): Promise<[SignedInClient, SignedInClient, SignedInClient]> {
  return Promise.all([person('Ada'), person('Ben'), person('Cleo')])
}

describe('a group', () => {
  it('is created, written in by everyone, and its events are not unread', async () => {
    const [ada, ben, cleo] = await threePeople()
    const chatId = await groupWith(ada, [ben, cleo])
    expect(groupOf(ben, chatId)).toMatchObject({ kind: 'group', title: 'Garden', messageCount: 0 })
    await ben.until('the event', () => history(ben).length === 1)
    cleo.services.conversation.close()
    await ben.send(chatId, 'Hello all')
    await ada.until('the text', () => history(ada).includes('Hello all'))
    expect(history(ada)).toEqual(['created', 'Hello all'])
    await cleo.until('one unread text', ({ chats }) => {
      const chat = chats.get(chatId)
      return chat !== undefined && unreadCount(chat, cleo.me) === 1
    })
    expect(cleo.incoming.map(({ message }) => message.senderId)).toEqual([ben.me])
    await cleo.until('the name of the sender', ({ people }) => people.get(ben.me)?.displayName === 'Ben')
  })

  it('is changed by its owner, and everyone sees each change', async () => {
    const [ada, ben, cleo] = await threePeople()
    const chatId = await groupWith(ada, [ben])
    const change = (body: EventBody) => ada.services.chats.changeGroup(chatId, body)
    await change({ kind: 'event', event: 'renamed', title: 'Allotment' })
    await change({ kind: 'event', event: 'described', description: 'Beans and peas' })
    await change({ kind: 'event', event: 'promoted', uids: [ben.me] })
    await change({ kind: 'event', event: 'policy', policy: { post: 'admins', edit: 'all', add: 'admins' } })
    await ada.services.chats.addPeople(chatId, [cleo.me])
    await cleo.until('the group', ({ chats }) => chats.has(chatId))
    await ben.until('all events', () => history(ben).length === 6)
    expect(history(ben)).toEqual(['created', 'renamed', 'described', 'promoted', 'policy', 'added'])
    expect(groupOf(ben, chatId)).toMatchObject({
      title: 'Allotment',
      memberIds: [ada.me, ben.me, cleo.me],
      group: {
        ownerId: ada.me,
        adminIds: [ada.me, ben.me],
        description: 'Beans and peas',
        policy: { post: 'admins', edit: 'all', add: 'admins' },
      },
    })
    // A member may not write now. The text stays here as failed.
    await cleo.services.conversation.open(chatId)
    await cleo.send(chatId, 'May I?')
    await cleo.until('the refusal', (state) => shownMessages(state).at(-1)?.failure === 'denied')
  })

  it('tells a removed person, who keeps the history and receives nothing more', async () => {
    const [ada, ben, cleo] = await threePeople()
    const chatId = await groupWith(ada, [ben, cleo])
    await ada.send(chatId, 'Before')
    await cleo.until('the text', () => shown(cleo).includes('Before'))
    await ada.services.chats.changeGroup(chatId, { kind: 'event', event: 'removed', uids: [cleo.me] })
    await cleo.until('the removal', ({ chats }) => chats.get(chatId)?.former === true)
    await ada.send(chatId, 'After')
    await ben.until('the next text', () => shown(ben).includes('After'))
    expect(history(cleo)).toEqual(['created', 'Before'])
    await ada.services.chats.addPeople(chatId, [cleo.me])
    await cleo.until('being a member again', ({ chats }) => chats.get(chatId)?.former === false)
    await cleo.until('the missed text', () => shown(cleo).includes('After'))
  })

  it('is left, handed over and deleted', async () => {
    const [ada, ben, cleo] = await threePeople()
    const chatId = await groupWith(ada, [ben, cleo])
    await cleo.services.chats.changeGroup(chatId, { kind: 'event', event: 'left', uids: [cleo.me] })
    await cleo.until('having left', ({ chats }) => chats.get(chatId)?.former === true)
    await untilFlushed(cleo)
    await ada.until('the leaving', () => history(ada).includes('left'))
    await ada.services.chats.changeGroup(chatId, { kind: 'event', event: 'transferred', uids: [ben.me] })
    await ben.until('being the owner', ({ chats }) => chats.get(chatId)?.group?.ownerId === ben.me)
    await ben.services.chats.changeGroup(chatId, { kind: 'event', event: 'deleted' })
    await ben.until('the deletion', ({ chats }) => chats.get(chatId)?.former === true)
    await ada.until('the deletion by another', ({ chats }) => chats.get(chatId)?.former === true)
    await ada.services.chats.deleteFormer(chatId)
    await ada.until('the group is gone here', ({ chats }) => !chats.has(chatId))
    expect(ada.store.getState().navigation.openChatId).toBeNull()
  })

  it('adds everyone who consents, three or one at a time, and keeps only those who refuse', async () => {
    const ada = await person('Ada')
    const others = await Promise.all(Array.from({ length: MAX_ADDED }, (_, n) => person(`Friend ${n}`)))
    // Each checks the contacts, and the block document of an unblocked person: too many lookups for one batch of eight.
    await Promise.all(
      others.map(async ({ me, services }, n) => {
        const groups = n === 5 ? 'nobody' : 'contacts'
        await services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, groups } })
        await services.outbox.add({ kind: 'contact', payload: { id: ada.me, name: 'Ada', phone: null } })
        await services.outbox.add({ kind: 'block', payload: { userId: ada.me, blocked: true } })
        await services.outbox.add({ kind: 'block', payload: { userId: ada.me, blocked: false } })
        return me
      }),
    )
    await Promise.all(others.map(untilFlushed))
    const willing = others.filter((_, n) => n !== 5)
    const [refusing] = others.filter((_, n) => n === 5)
    const ids = others.map(({ me }) => me)
    await ada.services.chats.createGroup('Garden', ids)
    const chatId = ada.store.getState().navigation.openChatId
    if (chatId === null) throw new Error('No chat is open.')
    await ada.send(chatId, 'Welcome')
    for (const other of willing) await other.until('the group', ({ chats }) => chats.has(chatId))
    await untilFlushed(ada)
    const failed = shownMessages(ada.store.getState()).filter(({ delivery }) => delivery === 'failed')
    expect(failed.map(({ body }) => body)).toEqual([{ kind: 'event', event: 'added', uids: [refusing?.me] }])
    await ada.until('all members', ({ chats }) => chats.get(chatId)?.memberIds.length === MAX_ADDED)
    expect(new Set(groupOf(ada, chatId)?.memberIds)).toEqual(
      new Set([ada.me, ...willing.map(({ me }) => me)]),
    )
    expect(refusing && groupOf(refusing, chatId)).toBeUndefined()
    expect(history(ada)).toContain('Welcome')
  })

  it('goes on with the smaller batches after a restart', async () => {
    const swallowed: string[] = []
    const [ada, ben, cleo] = await Promise.all([
      // The first event of the split never gets its response.
      person('Ada', { swallow: (method) => swallowed.includes(method) }),
      person('Ben'),
      person('Cleo'),
    ])
    await cleo.services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, groups: 'nobody' } })
    await untilFlushed(cleo)
    swallowed.push('outbox.acknowledge')
    await ada.services.chats.createGroup('Garden', [ben.me, cleo.me])
    const chatId = ada.store.getState().navigation.openChatId
    if (chatId === null) throw new Error('No chat is open.')
    await expect.poll(async () => (await ada.messages(chatId)).length, { timeout: 30_000 }).toBe(2)
    await ada.close()
    const again = startAgain(ada)
    await again.signIn(ada.phone)
    await ben.until('the group', ({ chats }) => chats.has(chatId))
    await untilFlushed(again)
    const failed = (await again.messages(chatId)).filter(({ delivery }) => delivery === 'failed')
    expect(failed.map(({ body }) => body)).toEqual([{ kind: 'event', event: 'added', uids: [cleo.me] }])
    await again.until('the members', ({ chats }) => chats.get(chatId)?.memberIds.length === 2)
  })

  it('refuses to add someone who allows nobody, and keeps the change as failed', async () => {
    const [ada, ben, cleo] = await threePeople()
    await cleo.services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, groups: 'nobody' } })
    await untilFlushed(cleo)
    const chatId = await groupWith(ada, [ben])
    await ada.services.chats.addPeople(chatId, [cleo.me])
    await ada.until('the refusal', (state) => shownMessages(state).at(-1)?.failure === 'denied')
    expect(groupOf(ada, chatId)?.memberIds).toEqual([ada.me, ben.me])
    expect(groupOf(cleo, chatId)).toBeUndefined()
  })
})
