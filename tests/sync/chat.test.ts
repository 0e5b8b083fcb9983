import { readdirSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { defaultPrivacy } from '#shared/domain/account.ts'
import { unreadCount } from '#shared/domain/chat.ts'
import { deliveryState, typingUntil, watermarksOf, type DeliveryState } from '#shared/domain/receipts.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { codeFor } from '../../scripts/lib/emulator-rest.ts'
import { textOf } from '#shared/messages/body.ts'
import { memorySession, shownMessages, temporaryDirectory, type SignedInClient } from '../support/client.ts'
import { newPhone } from '../support/new-phone.ts'
import {
  chattingPair,
  find,
  pair,
  person,
  shown,
  startAgain,
  untilFlushed,
  untilSeen,
  untilSent,
} from './people.ts'

/** Delivery state of the newest message in the open conversation. */
function newestTick(client: SignedInClient, chatId: ChatId): DeliveryState | undefined {
  const state = client.store.getState()
  const others = state.chats.get(chatId)?.memberIds.filter((id) => id !== client.me) ?? []
  const newest = shownMessages(state).at(-1)
  return newest && deliveryState(newest, watermarksOf(others, state.activities.get(chatId) ?? []))
}

function unread(client: SignedInClient, chatId: ChatId): number | undefined {
  const chat = client.store.getState().chats.get(chatId)
  return chat && unreadCount(chat, client.me)
}

describe('two people', () => {
  it('find each other by number and exchange messages', async () => {
    const { ada, ben, chatId } = await pair()
    await find(ada, ben)
    await ada.send(chatId, 'Hello Ben')
    expect(shown(ada)).toEqual(['Hello Ben'])

    await ben.until(
      'the preview',
      ({ chats }) => textOf('searchText', chats.get(chatId)?.last?.body ?? null) === 'Hello Ben',
    )
    await ben.until('the name of the sender', ({ people }) => people.get(ada.me)?.displayName === 'Ada')
    await ben.until('the message', ({ activities }) => activities.has(chatId))
    expect(ben.incoming.map(({ message }) => message.senderId)).toEqual([ada.me])
    expect(unread(ben, chatId)).toBe(1)

    await ben.services.conversation.open(chatId)
    expect(shown(ben)).toEqual(['Hello Ben'])
    expect(ben.store.getState().conversation?.firstUnreadId).toBe(ben.incoming[0]?.message.id)
    await ben.send(chatId, 'Hello Ada')
    await ada.until('the answer', () => shown(ada).length === 2)
    expect(shown(ada)).toEqual(['Hello Ben', 'Hello Ada'])
    expect(ada.store.getState().people.get(ben.me)?.phone).toBe(ben.phone)
  })

  it('see each other’s receipts and their own unread count', async () => {
    const { ada, ben, chatId } = await chattingPair()
    ben.services.conversation.close()
    await ada.send(chatId, 'third')
    await ada.until('delivered', () => newestTick(ada, chatId) === 'delivered')
    expect(unread(ben, chatId)).toBe(1)

    await ben.services.conversation.open(chatId)
    await ben.until('shown', () => shown(ben).length === 3)
    const newest = shownMessages(ben.store.getState()).at(-1)
    if (newest === undefined) throw new Error('nothing is shown')
    ben.services.conversation.seen(chatId, newest.id)
    await ben.until('nothing is unread', () => unread(ben, chatId) === 0)
    await ada.until('read', () => newestTick(ada, chatId) === 'read')
  })

  it('see each other typing, until the text is sent', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const typing = (): number | null => {
      const { activities, chats } = ben.store.getState()
      const last = chats.get(chatId)?.last ?? null
      const typists = typingUntil([ada.me], activities.get(chatId) ?? [], last === null ? [] : [last])
      return typists.get(ada.me) ?? null
    }
    ada.services.conversation.typing(chatId)
    ada.services.conversation.typing(chatId)
    await ben.until('typing', () => typing() !== null)
    expect(ada.operations.counts().writes['chats/activity']).toBeLessThanOrEqual(2)
    await ada.send(chatId, 'typed')
    await ben.until('no longer typing', () => typing() === null)
  })

  it('can write the first message at the same time', async () => {
    const { ada, ben, chatId } = await pair()
    await Promise.all([ada.services.chats.openDirect(ben.me), ben.services.chats.openDirect(ada.me)])
    await Promise.all([ada.send(chatId, 'from Ada'), ben.send(chatId, 'from Ben')])
    await ada.until('both', () => shown(ada).length === 2)
    await ben.until('both', () => shown(ben).length === 2)
    await Promise.all([untilSent(ada), untilSent(ben)])
    expect(shown(ada)).toEqual(shown(ben))
    await ada.until('a count of both', ({ chats }) => chats.get(chatId)?.messageCount === 2)
  })

  it('cannot write to each other after one has blocked the other', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await ben.services.outbox.add({ kind: 'block', payload: { userId: ada.me, blocked: true } })
    await ben.until('blocked', ({ people }) => people.get(ada.me)?.blocked === true)
    await untilFlushed(ben)

    await ada.send(chatId, 'let me in')
    await ada.until('refused', (state) => shownMessages(state).at(-1)?.failure === 'denied')
    await ben.send(chatId, 'no')
    await ben.until('refused', (state) => shownMessages(state).at(-1)?.failure === 'denied')
    expect(shown(ben)).toEqual(['first', 'second', 'no'])

    await ben.services.outbox.add({ kind: 'block', payload: { userId: ada.me, blocked: false } })
    const failed = shownMessages(ada.store.getState()).at(-1)
    if (failed === undefined) throw new Error('nothing is shown')
    await ben.until('unblocked', ({ people }) => people.get(ada.me)?.blocked === false)
    await untilFlushed(ben)
    await ada.services.conversation.retry(failed.id)
    await ben.until('the retried message', () => shown(ben).includes('let me in'))
  })

  it('see each other’s presence, unless it is hidden or blocked', async () => {
    const { ada, ben } = await pair()
    const unwatch = ada.services.people.watchPresence(ben.me)
    const seen = (): string | null | undefined => {
      const presence = ada.store.getState().presences.get(ben.me)
      return presence === undefined || presence === null ? presence : presence.state
    }
    await ada.until('online', () => seen() === 'online')
    ben.emit({ account: null, name: 'power.state', payload: { state: 'idle' } })
    await ada.until('away', () => seen() === 'away')
    ben.emit({ account: null, name: 'power.state', payload: { state: 'locked' } })
    await ada.until('offline', () => seen() === 'offline')
    ben.emit({ account: null, name: 'power.state', payload: { state: 'active' } })
    await ada.until('online again', () => seen() === 'online')
    await ben.services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, lastSeen: 'nobody' } })
    await ada.until('hidden', () => seen() === null)
    expect(seen()).toBeNull()
    unwatch()
  })

  it('hide their presence on all their devices', async () => {
    const { ada, ben, chatId } = await pair()
    const elsewhere = startAgain(ben, { directory: temporaryDirectory(), memory: memorySession() })
    await elsewhere.signIn(ben.phone)
    await untilSeen(elsewhere)
    const unwatch = ada.services.people.watchPresence(ben.me)
    await ada.until('online', ({ presences }) => presences.get(ben.me)?.state === 'online')

    await ben.services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, lastSeen: 'nobody' } })
    await ada.until('hidden', ({ presences }) => presences.get(ben.me) === null)
    await elsewhere.until('the choice', ({ account }) => account?.privacy.lastSeen === 'nobody')
    elsewhere.emit({ account: null, name: 'power.state', payload: { state: 'idle' } })
    await elsewhere.services.chats.openDirect(ada.me)
    await elsewhere.send(chatId, 'after that')
    await ada.until('the message', ({ chats }) => chats.get(chatId)?.messageCount === 1)
    expect(ada.store.getState().presences.get(ben.me)).toBeNull()
    unwatch()
  })
})

describe('an account', () => {
  it('rejects a wrong code and accepts the right one afterwards', async () => {
    const client = await person()
    await client.services.session.signOut()
    const phone = newPhone()
    await client.services.session.requestCode(phone)
    await expect(client.services.session.confirmCode('000000')).rejects.toMatchObject({ code: 'wrongCode' })
    await client.services.session.confirmCode(await codeFor(inject('backend'), phone))
    await client.until('the name prompt', ({ session }) => session.phase === 'needsProfile')
  })

  it('leaves no data for the next one on the same machine', async () => {
    const { ada, chatId } = await chattingPair()
    expect(readdirSync(ada.directory)).not.toEqual([])
    await ada.services.session.signOut()
    expect(readdirSync(ada.directory)).toEqual([])
    expect(ada.store.getState()).toMatchObject({ session: { phase: 'signedOut' }, replicaLoaded: false })
    expect(ada.store.getState().chats.size).toBe(0)

    const cleo = startAgain(ada)
    await cleo.signIn(newPhone())
    await cleo.services.session.saveProfile({ displayName: 'Cleo', about: '' })
    await cleo.until(
      'the first sync',
      ({ firstSyncDone, connection }) => firstSyncDone && connection === 'online',
    )
    expect(cleo.store.getState().chats.size).toBe(0)
    expect(await cleo.messages(chatId)).toEqual([])
  })

  it('gets its name, chats and settings on a new machine', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await ada.services.outbox.add({
      kind: 'contact',
      payload: { id: ben.me, name: 'Benny', phone: ben.phone },
    })
    await ada.services.outbox.add({ kind: 'block', payload: { userId: ben.me, blocked: true } })
    await ada.services.chats.setState(chatId, { pinned: true })
    await untilFlushed(ada)

    const elsewhere = startAgain(ada, { directory: temporaryDirectory(), memory: memorySession() })
    await elsewhere.signIn(ada.phone)
    await elsewhere.until('everything', ({ account, chats, people }) => {
      const person = people.get(ben.me)
      const isKnown = person?.contactName === 'Benny' && person.blocked && person.displayName === 'Ben'
      return isKnown && account?.profile?.displayName === 'Ada' && chats.get(chatId)?.state.pinned === true
    })
    await elsewhere.services.conversation.open(chatId)
    await elsewhere.until('the messages', () => shown(elsewhere).length === 2)
    expect(elsewhere.incoming).toEqual([])
  })
})
