import { describe, expect, inject, it } from 'vitest'
import type { ChatId } from '#shared/domain/ids.ts'
import { newInviteCode, type Invite, type InviteOptions } from '#shared/domain/invite.ts'
import { existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { shownMessages, type SignedInClient } from '../support/client.ts'
import { groupWith } from './group-people.ts'
import { person, shown, untilFlushed } from './people.ts'

const anyone: InviteOptions = { expiresAt: null, maxJoins: null, approve: false }

async function linkOf(admin: SignedInClient, chatId: ChatId, options = anyone): Promise<Invite> {
  return (await (await admin.services.invites()).replace(chatId, options)).invite
}

const membersOf = ({ store }: SignedInClient, chatId: ChatId) => store.getState().chats.get(chatId)?.memberIds

const events = (client: SignedInClient): string[] =>
  shownMessages(client.store.getState()).flatMap(({ body }) => (body?.kind === 'event' ? [body.event] : []))

describe('a link to a group', () => {
  it('shows the group, and lets someone join who then reads and writes', async () => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')])
    const chatId = await groupWith(ada, [ben])
    await untilFlushed(ada)
    const invite = await linkOf(ada, chatId)
    expect(await (await cleo.services.invites()).look(invite)).toMatchObject({
      kind: 'open',
      details: { title: 'Garden', description: '', memberCount: 2, joins: 0 },
    })
    expect(await (await cleo.services.invites()).join(invite)).toEqual({ kind: 'member' })
    expect(cleo.store.getState().navigation.openChatId).toBe(chatId)
    await ada.until('the new member', () => membersOf(ada, chatId)?.includes(cleo.me) === true)
    expect(events(ada).at(-1)).toBe('joined')
    await cleo.send(chatId, 'Hello')
    await ben.until('the text', () => shown(ben).includes('Hello'))
    expect(await (await cleo.services.invites()).look(invite)).toEqual({ kind: 'member' })
    expect(await (await ada.services.invites()).current(chatId)).toMatchObject({
      invite,
      details: { joins: 1, memberCount: 3 },
    })
    const request = `chats/${chatId}/requests/${cleo.me}`
    expect(await existingDocuments(inject('backend'), [request])).toEqual(new Set())
  })

  it('lets someone who left join again', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    const chatId = await groupWith(ada, [ben])
    await untilFlushed(ada)
    await ada.send(chatId, 'Before')
    await ben.until('the text', () => shown(ben).includes('Before'))
    const invite = await linkOf(ada, chatId)
    await ben.services.chats.changeGroup(chatId, { kind: 'event', event: 'left', uids: [ben.me] })
    await ben.until('the end', ({ chats }) => chats.get(chatId)?.former === true)
    expect(await (await ben.services.invites()).join(invite)).toEqual({ kind: 'member' })
    await ada.until('the member', () => membersOf(ada, chatId)?.includes(ben.me) === true)
    await ada.send(chatId, 'After')
    await ben.until('the text', () => shown(ben).includes('After'))
    expect(shown(ben).filter((text) => text !== '(event)')).toEqual(['Before', 'After'])
  })

  it('tells why it does not work', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    const chatId = await groupWith(ada, [])
    await untilFlushed(ada)
    const problem = async (invite: Invite): Promise<unknown> => {
      const seen = await (await ben.services.invites()).join(invite)
      return seen.kind === 'problem' ? seen.problem : seen
    }
    expect(await problem({ chatId, code: newInviteCode() })).toBe('unknown')
    const first = await linkOf(ada, chatId)
    const second = await linkOf(ada, chatId, { ...anyone, maxJoins: 1 })
    expect(await problem(first)).toBe('revoked')
    expect(await problem(second)).toEqual({ kind: 'member' })
    await ada.until('Ben', () => membersOf(ada, chatId)?.includes(ben.me) === true)
    await ada.services.chats.changeGroup(chatId, { kind: 'event', event: 'removed', uids: [ben.me] })
    await ben.until('the removal', ({ chats }) => chats.get(chatId)?.former === true)
    expect(await problem(second)).toBe('usedUp')
    expect(await problem(await linkOf(ada, chatId))).toBe('removed')
    const short = await linkOf(ada, chatId, { ...anyone, expiresAt: Date.now() + 5000 })
    // Ben was removed. While the link is valid, this is the reason.
    await expect.poll(() => problem(short), { timeout: 15_000 }).toBe('expired')
    await (await ada.services.invites()).revoke(chatId)
    expect(await problem(short)).toBe('revoked')
    expect(await (await ada.services.invites()).current(chatId)).toBeNull()
  })

  it('lets people ask, and an admin accepts or declines', async () => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')])
    const chatId = await groupWith(ada, [])
    await untilFlushed(ada)
    const invite = await linkOf(ada, chatId, { ...anyone, approve: true })
    expect(await (await ben.services.invites()).join(invite)).toMatchObject({ kind: 'asked' })
    expect(await (await cleo.services.invites()).join(invite)).toMatchObject({ kind: 'asked' })
    expect(await (await cleo.services.invites()).look(invite)).toMatchObject({ kind: 'asked' })
    const requests = await (await ada.services.invites()).requests(chatId)
    expect(requests.map(({ userId }) => userId)).toEqual([ben.me, cleo.me])
    expect(ada.store.getState().people.get(ben.me)?.displayName).toBe('Ben')
    await (await ada.services.invites()).accept(chatId, ben.me)
    await ben.until('the group', ({ chats }) => chats.has(chatId))
    await (await ada.services.invites()).decline(chatId, cleo.me)
    expect(await (await ada.services.invites()).requests(chatId)).toEqual([])
    expect(await (await cleo.services.invites()).look(invite)).toMatchObject({ kind: 'open' })
    expect(cleo.store.getState().chats.has(chatId)).toBe(false)
    expect(events(ada)).toEqual(['created', 'admitted'])
    expect(await (await cleo.services.invites()).join(invite)).toMatchObject({ kind: 'asked' })
    await (await cleo.services.invites()).takeBack(chatId)
    expect(await (await ada.services.invites()).requests(chatId)).toEqual([])
  })

  it('that is revoked while someone joins either lets them in or tells them', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    const chatId = await groupWith(ada, [])
    await untilFlushed(ada)
    const invite = await linkOf(ada, chatId)
    const [seen] = await Promise.all([
      (await ben.services.invites()).join(invite),
      (await ada.services.invites()).revoke(chatId),
    ])
    if (seen.kind === 'member') {
      await ada.until('Ben', () => membersOf(ada, chatId)?.includes(ben.me) === true)
    } else {
      expect(seen).toEqual({ kind: 'problem', problem: 'revoked' })
      expect(ben.store.getState().chats.has(chatId)).toBe(false)
    }
    await ada.send(chatId, 'Still here')
    await untilFlushed(ada)
    await untilFlushed(ben)
  })
})
