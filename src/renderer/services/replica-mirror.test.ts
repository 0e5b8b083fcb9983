import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReplicaChange } from '#shared/bridge.ts'
import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/domain/message.ts'
import { ada, chatId, emptyChat, me, message as someMessage, queued } from '#shared/domain/test-data.ts'
import {
  createAppStore,
  emptyConversation,
  type AppState,
  type ConversationState,
} from '../stores/app-store.ts'
import { applyChange, mergeMessages } from './replica-mirror.ts'

const nothing: ReplicaChange = {
  chats: [],
  removedChatIds: [],
  messages: [],
  removedMessageIds: [],
  people: [],
  activities: [],
  account: null,
  outbox: null,
}

const message = (n: number, changes: Partial<Message> = {}): Message => someMessage(n, me, changes)
const chat = (changes: Partial<Chat> = {}): Chat => emptyChat(ada, { historyComplete: false, ...changes })

function showing(messages: Message[], changes: Partial<ConversationState> = {}): AppState {
  const conversation: ConversationState = {
    ...emptyConversation,
    chatId,
    messages,
    status: 'ready',
    hasOlder: true,
    ...changes,
  }
  return createAppStore({ conversation, chats: new Map([[chatId, chat()]]) }).getState()
}

function shownAfter(state: AppState, change: Partial<ReplicaChange>): readonly Message[] | undefined {
  const next = { ...state, ...applyChange(state, { ...nothing, ...change }) }
  return next.conversation?.messages
}

describe('a change of the replica', () => {
  it('leaves alone what it does not touch', () => {
    const state = showing([message(1)])
    expect(applyChange(state, nothing)).toEqual({})
    expect(Object.keys(applyChange(state, { ...nothing, chats: [chat({ draft: 'x' })] }))).toEqual(['chats'])
  })

  it('replaces and removes chats, and closes the open one when it goes', () => {
    const state = showing([])
    expect(applyChange(state, { ...nothing, chats: [chat({ draft: 'x' })] }).chats?.get(chatId)?.draft).toBe(
      'x',
    )
    const gone = applyChange(state, { ...nothing, removedChatIds: [chatId] })
    expect(gone.chats?.size).toBe(0)
    expect(gone.conversation).toBeNull()
  })

  it('puts messages of the open chat in their place', () => {
    const state = showing([message(2), message(4)])
    expect(shownAfter(state, { messages: [message(3), message(5)] })).toEqual(
      [2, 3, 4, 5].map((n) => message(n)),
    )
    expect(shownAfter(state, { messages: [message(4, { body: null })] })?.[1]?.body).toBeNull()
    expect(shownAfter(state, { removedMessageIds: [message(2).id] })).toEqual([message(4)])
    const foreign = message(3, { chatId: chatIdSchema.parse('a_c') })
    expect(shownAfter(state, { messages: [foreign] })).toBe(state.conversation?.messages)
  })

  it('leaves out what is older than the first shown while more lies between', () => {
    const older = { messages: [message(1)] }
    expect(shownAfter(showing([message(5)]), older)).toEqual([message(5)])
    expect(shownAfter(showing([message(5)], { hasOlder: false }), older)).toEqual([message(1), message(5)])
    expect(shownAfter(showing([message(5)], { status: 'loading' }), older)).toEqual([message(1), message(5)])
  })

  it('moves a queued message to its place once the server has given its time', () => {
    const waiting = message(9, queued)
    const sent = message(9, { sentAt: 2500 })
    expect(shownAfter(showing([message(2), message(3), waiting]), { messages: [sent] })).toEqual([
      message(2),
      sent,
      message(3),
    ])
  })
})

describe('mergeMessages', () => {
  it('gives each message once, the changed one, in the order of the conversation', () => {
    const messages = fc
      .uniqueArray(fc.nat(40), { maxLength: 20 })
      .map((numbers) => numbers.map((n) => message(n)).toSorted(compareMessages))
    fc.assert(
      fc.property(messages, messages, (known, changed) => {
        const marked = changed.map((one) => ({ ...one, deletedAt: 1, body: null }))
        const merged = mergeMessages(known, marked)
        expect(merged).toEqual(merged.toSorted(compareMessages))
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length)
        expect(merged.filter(({ deletedAt }) => deletedAt === 1)).toHaveLength(marked.length)
        expect(merged).toHaveLength(new Set([...known, ...marked].map(({ id }) => id)).size)
      }),
    )
  })
})
