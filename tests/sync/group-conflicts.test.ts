import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import type { ChatId } from '#shared/domain/ids.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { memorySession, temporaryDirectory, type SignedInClient } from '../support/client.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { groupWith, refused, stateOn, stateOnServer } from './group-people.ts'
import { person, startAgain, untilFlushed } from './people.ts'

/*
 * People change the same group while they cannot see each other's changes. One side wins. The other side is told: the refused change
 * stays in the conversation with its reason, and a person who is no longer a member sees that. Nobody's outbox is stuck.
 */

interface Member extends SignedInClient {
  proxy: TcpProxy
}

const proxies: TcpProxy[] = []
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()))
})

async function member(name: string): Promise<Member> {
  const backend = inject('backend')
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const proxy = await startTcpProxy(backend.emulator.firestorePort)
  proxies.push(proxy)
  const proxied = { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }
  return { ...(await person(name, { backend: proxied })), proxy }
}

/** Ada owns the group, Ben is an admin, the others are members. */
async function garden(...names: string[]): Promise<{ members: Member[]; chatId: ChatId }> {
  const members = await Promise.all(names.map(member))
  const [ada, ben] = members
  if (ada === undefined || ben === undefined) throw new Error('A group needs two people.')
  const chatId = await groupWith(ada, members.slice(1))
  await change(ada, chatId, { event: 'promoted', uids: [ben.me] })
  await Promise.all(
    members.map((each) =>
      each.until('the admin', ({ chats }) => chats.get(chatId)?.group?.adminIds.includes(ben.me) === true),
    ),
  )
  return { members, chatId }
}

type Change = EventBody extends infer B ? (B extends EventBody ? Omit<B, 'kind'> : never) : never

async function change(client: SignedInClient, chatId: ChatId, body: Change): Promise<void> {
  await client.services.chats.changeGroup(chatId, { kind: 'event', ...body })
}

/** Runs `act` while these people have no network, so that nobody sees what the others do. */
async function apart(members: readonly Member[], act: () => Promise<void>): Promise<void> {
  for (const { proxy } of members) proxy.cut()
  await act()
  for (const { proxy } of members) proxy.restore()
}

/** Every member has the state of the server, everyone else is told that they are no longer a member, and no outbox is stuck. */
async function expectAgreement(members: readonly SignedInClient[], chatId: ChatId): Promise<void> {
  for (const each of members) await untilFlushed(each)
  const server = await stateOnServer(chatId)
  for (const each of members) {
    const isMember = Array.isArray(server.memberIds) && server.memberIds.includes(each.me)
    await vi.waitFor(async () => {
      const state = await stateOn(each, chatId)
      if (isMember) expect(state).toEqual({ ...server, former: false })
      else expect(state?.former).toBe(true)
    }, 30_000)
  }
}

/** Later messages still go: the person writes to someone outside the group. */
async function expectNotStuck(...members: readonly SignedInClient[]): Promise<void> {
  const other = await person('Outsider')
  for (const each of members) {
    await each.services.chats.openDirect(other.me)
    const chatId = each.store.getState().navigation.openChatId
    if (chatId === null) throw new Error('No chat is open.')
    await each.send(chatId, 'still here')
    await other.until('the text', ({ chats }) => chats.get(chatId)?.messageCount === 1)
    await untilFlushed(each)
  }
}

/** Whether the device takes the text. It must, as long as it shows the person as a member. */
async function takes(client: SignedInClient, chatId: ChatId, text: string): Promise<boolean> {
  try {
    await client.send(chatId, text)
    return true
  } catch {
    expect(client.store.getState().chats.get(chatId)?.former).toBe(true)
    return false
  }
}

describe('conflicts in a group', () => {
  it('two admins remove each other: both are refused and told, because only the owner removes admins', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, ben, cleo] = members
    if (ada === undefined || ben === undefined || cleo === undefined) throw new Error('Too few people.')
    await change(ada, chatId, { event: 'promoted', uids: [cleo.me] })
    await cleo.until('being an admin', ({ chats }) =>
      Boolean(chats.get(chatId)?.group?.adminIds.includes(cleo.me)),
    )
    await apart([ben, cleo], async () => {
      await change(ben, chatId, { event: 'removed', uids: [cleo.me] })
      await change(cleo, chatId, { event: 'removed', uids: [ben.me] })
    })
    await expectAgreement(members, chatId)
    for (const each of [ben, cleo])
      expect(await refused(each, chatId)).toEqual([{ what: '(removed)', failure: 'denied' }])
    await ben.send(chatId, 'We both stay')
    await cleo.until('the text', ({ chats }) => chats.get(chatId)?.messageCount === 1)
    await expectNotStuck(ben, cleo)
  })

  it('the owner removes an admin who removes someone else meanwhile: the admin is told', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, ben, cleo] = members
    if (ada === undefined || ben === undefined || cleo === undefined) throw new Error('Too few people.')
    await apart([ben], async () => {
      await change(ben, chatId, { event: 'removed', uids: [cleo.me] })
      await change(ada, chatId, { event: 'removed', uids: [ben.me] })
      await untilFlushed(ada)
    })
    await expectAgreement(members, chatId)
    expect(await refused(ben, chatId)).toEqual([{ what: '(removed)', failure: 'denied' }])
    expect((await stateOnServer(chatId)).memberIds).toEqual([ada.me, cleo.me])
    await expectNotStuck(ben)
  })

  it('the owner hands the group over and leaves while an admin changes it: both happen', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, ben] = members
    if (ada === undefined || ben === undefined) throw new Error('Too few people.')
    await apart([ada, ben], async () => {
      await change(ada, chatId, { event: 'transferred', uids: [ben.me] })
      await change(ada, chatId, { event: 'left', uids: [ada.me] })
      await change(ben, chatId, { event: 'renamed', title: 'Allotment' })
      await change(ben, chatId, {
        event: 'policy',
        policy: { post: 'all', edit: 'admins', add: 'admins' },
      })
    })
    await expectAgreement(members, chatId)
    const server = await stateOnServer(chatId)
    expect(server).toMatchObject({ ownerId: ben.me, adminIds: [ben.me], title: 'Allotment' })
    for (const each of members) expect(await refused(each, chatId)).toEqual([])
    await expectNotStuck(ada, ben)
  })

  it('the owner leaves on one device while the group is deleted on another', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, ben] = members
    if (ada === undefined || ben === undefined) throw new Error('Too few people.')
    const elsewhere = startAgain(ada, { directory: temporaryDirectory(), memory: memorySession() })
    await elsewhere.signIn(ada.phone)
    await elsewhere.until('the group', ({ chats }) => chats.has(chatId))
    await apart([ada], async () => {
      await change(ada, chatId, { event: 'transferred', uids: [ben.me] })
      await change(ada, chatId, { event: 'left', uids: [ada.me] })
      await elsewhere.services.chats.changeGroup(chatId, { kind: 'event', event: 'deleted' })
      await untilFlushed(elsewhere)
    })
    await expectAgreement(members, chatId)
    expect((await stateOnServer(chatId)).memberIds).toEqual([])
    expect(await refused(ada, chatId)).toEqual([{ what: '(transferred)', failure: 'denied' }])
    await expectNotStuck(ada)
  })

  it('the group is deleted while others rename it, write and leave: the deletion wins, and each is told', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo', 'Dan')
    const [ada, ben, cleo, dan] = members
    if (ada === undefined || ben === undefined || cleo === undefined || dan === undefined)
      throw new Error('Too few people.')
    await apart([ben, cleo, dan], async () => {
      await change(ben, chatId, { event: 'renamed', title: 'Allotment' })
      await cleo.send(chatId, 'Are you coming?')
      await change(dan, chatId, { event: 'left', uids: [dan.me] })
      await change(ada, chatId, { event: 'deleted' })
      await untilFlushed(ada)
    })
    await expectAgreement(members, chatId)
    expect(await refused(ben, chatId)).toEqual([{ what: '(renamed)', failure: 'denied' }])
    expect(await refused(cleo, chatId)).toEqual([{ what: 'Are you coming?', failure: 'denied' }])
    expect(await refused(dan, chatId)).toEqual([])
    await expectNotStuck(ben, cleo, dan)
  })

  it('someone is removed while they write: what was not delivered stays with them as not sent', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, , cleo] = members
    if (ada === undefined || cleo === undefined) throw new Error('Too few people.')
    const written: string[] = []
    for (let index = 0; index < 12; index++) {
      const text = `text ${String(index)}`
      // A device that knows of the removal takes no text: it stays in the composer.
      if (await takes(cleo, chatId, text)) written.push(text)
      if (index === 5) await change(ada, chatId, { event: 'removed', uids: [cleo.me] })
      if (index === 8) await untilFlushed(ada)
    }
    await expectAgreement(members, chatId)
    const delivered = (await stateOnServer(chatId)).history.filter((text) => text.startsWith('text'))
    const kept = (await refused(cleo, chatId)).map(({ what }) => what)
    expect([...delivered, ...kept]).toEqual(written)
    expect(kept.length).toBeGreaterThan(0)
    await expectNotStuck(cleo)

    // Nothing typed is lost: the texts can be sent once the person is a member again.
    await ada.services.chats.addPeople(chatId, [cleo.me])
    await cleo.until('being a member again', ({ chats }) => chats.get(chatId)?.former === false)
    const failed = (await cleo.messages(chatId)).filter(({ delivery }) => delivery === 'failed')
    for (const { id } of failed) await cleo.services.conversation.retry(id)
    await expectAgreement(members, chatId)
    expect(await refused(cleo, chatId)).toEqual([])
  })

  it('someone is removed before they learn that their text arrived: it stays with them as sent', async () => {
    const { members, chatId } = await garden('Ada', 'Ben', 'Cleo')
    const [ada, , cleo] = members
    if (ada === undefined || cleo === undefined) throw new Error('Too few people.')
    cleo.proxy.mute()
    await cleo.send(chatId, 'See you')
    await ada.until('the text', ({ chats }) => chats.get(chatId)?.messageCount === 1)
    await change(ada, chatId, { event: 'removed', uids: [cleo.me] })
    await untilFlushed(ada)
    cleo.proxy.cut()
    cleo.proxy.restore()
    await cleo.until('the removal', ({ chats }) => chats.get(chatId)?.former === true)
    await untilFlushed(cleo)
    expect(await refused(cleo, chatId)).toEqual([])
    expect((await cleo.messages(chatId)).at(-1)).toMatchObject({
      body: { text: 'See you' },
      delivery: 'sent',
    })
  })
})
