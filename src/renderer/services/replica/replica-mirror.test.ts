import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import { ada, chatId, emptyChat, me, message as someMessage, queued } from '#shared/domain/test-data.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import {
  createAppStore,
  emptyConversation,
  type AppState,
  type ConversationState,
} from '../../stores/app-store.ts'
import { keyOf, keysOf, messagesOf, withMessages } from '../../stores/messages.ts'
import { applyChange, mergeKeys, ReplicaMirror } from './replica-mirror.ts'

const nothing: ReplicaChange = {
  chats: [],
  removedChatIds: [],
  messages: [],
  removedMessages: [],
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
    keys: keysOf(messages),
    status: 'ready',
    hasOlder: true,
    ...changes,
  }
  return createAppStore({
    messages: withMessages(new Map(), messages),
    conversation,
    chats: new Map([[chatId, chat()]]),
  }).getState()
}

function shownAfter(state: AppState, change: Partial<ReplicaChange>): readonly Message[] | undefined {
  const next = { ...state, ...applyChange(state, { ...nothing, ...change }) }
  return next.conversation === null ? undefined : messagesOf(next.messages, next.conversation.keys)
}

describe('a change of the replica', () => {
  it('keeps the parts of the state that it does not change', () => {
    const state = showing([message(1)])
    expect(applyChange(state, nothing)).toEqual({})
    expect(Object.keys(applyChange(state, { ...nothing, chats: [chat({ draft: 'x' })] }))).toEqual(['chats'])
  })

  it('replaces and removes chats, and closes the open one when it is removed', () => {
    const state = showing([])
    expect(applyChange(state, { ...nothing, chats: [chat({ draft: 'x' })] }).chats?.get(chatId)?.draft).toBe(
      'x',
    )
    const gone = applyChange(state, { ...nothing, removedChatIds: [chatId] })
    expect(gone.chats?.size).toBe(0)
    expect(gone.conversation).toBeNull()
  })

  it('puts messages of the open chat in order', () => {
    const state = showing([message(2), message(4)])
    expect(shownAfter(state, { messages: [message(3), message(5)] })).toEqual(
      [2, 3, 4, 5].map((n) => message(n)),
    )
    expect(shownAfter(state, { messages: [message(4, { body: null })] })?.[1]?.body).toBeNull()
    expect(shownAfter(state, { removedMessages: [message(2)] })).toEqual([message(4)])
    const foreign = message(3, { chatId: chatIdSchema.parse('a_c') })
    expect(applyChange(state, { ...nothing, messages: [foreign] })).toEqual({})
    const other = message(4, { chatId: foreign.chatId })
    expect(applyChange(state, { ...nothing, removedMessages: [other] })).toEqual({})
  })

  it('leaves out messages older than the first shown one while messages in between may be missing', () => {
    const older = { messages: [message(1)] }
    expect(shownAfter(showing([message(5)]), older)).toEqual([message(5)])
    expect(shownAfter(showing([message(5)], { hasOlder: false }), older)).toEqual([message(1), message(5)])
    expect(shownAfter(showing([message(5)], { status: 'loading' }), older)).toEqual([message(1), message(5)])
  })

  it('moves a queued message to its place once the server has set its time', () => {
    const waiting = message(9, queued)
    const sent = message(9, { sentAt: 2500 })
    expect(shownAfter(showing([message(2), message(3), waiting]), { messages: [sent] })).toEqual([
      message(2),
      sent,
      message(3),
    ])
  })
})

/** A replica whose events the test announces. */
function fakeReplica() {
  const listeners = new Map<string, (payload: unknown) => void>()
  const fake = {
    on: (name: string, listener: () => void) => (listeners.set(name, listener), () => undefined),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mirror only listens
  const replica = fake as unknown as AccountBridge
  return { replica, announce: (name: string, payload: unknown) => listeners.get(name)?.(payload) }
}

describe('the mirror', () => {
  it('knows which files are not here any more, of those that were asked for', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => sha256Schema.parse(digit.repeat(64)))
    if (a === undefined || b === undefined || c === undefined) throw new Error('three files')
    const store = createAppStore({
      files: new Map([
        [a, true],
        [b, true],
      ]),
    })
    const { replica, announce } = fakeReplica()
    const mirror = new ReplicaMirror(replica, store)
    announce('media.removed', { sha256s: [a, c] })
    expect([...store.getState().files]).toEqual([
      [a, false],
      [b, true],
    ])
    mirror.stop()
  })

  it('holds changes until the paint, and then applies them in order', async () => {
    const store = createAppStore({ replicaLoaded: true })
    const { replica, announce } = fakeReplica()
    const mirror = new ReplicaMirror(replica, store)
    const draft = () => store.getState().chats.get(chatId)?.draft
    const change = (text: string) =>
      announce('replica.changed', { ...nothing, chats: [chat({ draft: text })] })

    change('at once')
    expect(draft()).toBe('at once')
    const painted = Promise.withResolvers<void>()
    mirror.holdUntil(painted.promise)
    change('first')
    change('second')
    expect(draft()).toBe('at once')
    painted.resolve()
    await painted.promise
    expect(draft()).toBe('second')
    change('third')
    expect(draft()).toBe('third')
  })
})

describe('messages outside the conversation', () => {
  it('are updated only when a view shows them', () => {
    const elsewhere = message(7, { chatId: chatIdSchema.parse('a_c') })
    const state = showing([message(2)])
    const quoting = { ...state, messages: withMessages(state.messages, [elsewhere]) }
    const edited = { ...elsewhere, body: null }
    const patch = applyChange(quoting, { ...nothing, messages: [edited] })
    expect(Object.keys(patch)).toEqual(['messages'])
    expect(patch.messages?.get(keyOf(elsewhere))).toEqual(edited)
  })

  it('never replace a message with the same id in another chat', () => {
    const state = showing([message(2)])
    const forged = message(2, { chatId: chatIdSchema.parse('a_c'), body: { kind: 'text', text: 'forged' } })
    expect(applyChange(state, { ...nothing, messages: [forged] })).toEqual({})
  })
})

describe('merged keys', () => {
  it('contain each message once, in its changed version, in the order of the conversation', () => {
    const messages = fc
      .uniqueArray(fc.nat(40), { maxLength: 20 })
      .map((numbers) => numbers.map((n) => message(n)).toSorted(compareMessages))
    fc.assert(
      fc.property(messages, messages, (shown, changed) => {
        const deleted = changed.map((one) => ({ ...one, deletedAt: 1, body: null }))
        const table = withMessages(withMessages(new Map(), shown), deleted)
        const merged = messagesOf(table, mergeKeys(table, keysOf(shown), deleted))
        expect(merged).toEqual(merged.toSorted(compareMessages))
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length)
        expect(merged.filter(({ deletedAt }) => deletedAt === 1)).toHaveLength(deleted.length)
        expect(merged).toHaveLength(new Set([...shown, ...deleted].map(({ id }) => id)).size)
      }),
    )
  })
})
