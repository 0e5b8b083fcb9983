import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import { directChatId, phoneSchema, userIdSchema } from '#shared/domain/ids.ts'
import { ada, chatId, chatState, emptyChat, me, message as messageOf } from '#shared/domain/test-data.ts'
import { textOf } from '#shared/messages/body.ts'
import { messageSchema, type Message } from '#shared/messages/envelope.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { BridgeError, type AccountBridge } from '../../platform/bridge.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import { keyOf, messagesOf, unsavedOf } from '../../stores/messages.ts'
import { showMessages } from '../replica/replica-mirror.ts'
import { Conversation } from './conversation.ts'
import { AccountSession } from '../session/account-session.ts'
import type { LiveSession } from '../session/live-session.ts'

const message = messageOf(1, ada, { sentAt: 10, updatedAt: 10 })

/** A chat with one message, which has been read. */
function readChat(state: Partial<Chat['state']> = {}): Chat {
  return emptyChat(ada, {
    messageCount: 1,
    updatedAt: 10,
    last: { id: message.id, senderId: ada, body: message.body, sentAt: 10, delivery: 'sent' },
    state: chatState(chatId, { readCount: 1, readAt: 10, ...state }),
  })
}

const text = (value: string): KnownBody => ({ kind: 'text', text: value })

let store: AppStore
type Call = (method: string, args?: unknown) => Promise<unknown>
let call: Mock<Call>
let conversation: Conversation
let account: AccountSession
let catchUp: Mock<() => Promise<void>>

beforeEach(() => {
  store = createAppStore({ chats: new Map([[chatId, readChat()]]) })
  catchUp = vi.fn<() => Promise<void>>(() => Promise.resolve())
  call = vi.fn<Call>((method) => Promise.resolve(method === 'replica.messages' ? [message] : undefined))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the results are those that the conversation expects
  const replica = { account: me, call, on: () => () => undefined } as unknown as AccountBridge
  account = new AccountSession({ me, phone: phoneSchema.parse('+14155550100'), replica }, store)
  conversation = new Conversation({
    store,
    account: () => account,
    report: () => undefined,
    nextPaint: () => Promise.resolve(),
  })
})

function goLive(): void {
  const live = {
    receipts: { stopTyping: () => undefined },
    messages: { catchUp },
    profiles: { refresh: () => undefined },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the conversation uses
  account.goLive(live as unknown as LiveSession)
}

function calls(method: string): unknown[] {
  return call.mock.calls.filter(([name]) => name === method).map(([, args]) => args)
}

describe('opening', () => {
  it('can be retried after it has failed', async () => {
    call.mockRejectedValueOnce(new BridgeError({ code: 'store', message: 'the store has ended' }))
    call.mockRejectedValueOnce(new BridgeError({ code: 'store', message: 'the store has ended' }))
    await expect(conversation.open(chatId)).rejects.toMatchObject({ code: 'storage' })
    await conversation.open(chatId)
    expect(store.getState().conversation).toMatchObject({ chatId, status: 'ready', keys: [keyOf(message)] })
  })
})

describe('before the session is live', () => {
  it('a chat shows the messages of the replica, and the missing ones are fetched later', async () => {
    await conversation.open(chatId)
    expect(store.getState().conversation).toMatchObject({ status: 'ready', keys: [keyOf(message)] })
    expect(catchUp).not.toHaveBeenCalled()
    goLive()
    await vi.waitFor(() => expect(catchUp).toHaveBeenCalledExactlyOnceWith(chatId))
  })

  it('a chat without messages in the replica waits for those of the wire', async () => {
    store.setState({ chats: new Map([[chatId, { ...readChat(), onWire: true }]]) })
    call.mockImplementation((method) =>
      Promise.resolve(method === 'replica.messages' && catchUp.mock.calls.length > 0 ? [message] : []),
    )
    const opened = conversation.open(chatId)
    await vi.waitFor(() => expect(calls('replica.messages')).toHaveLength(1))
    expect(store.getState().conversation).toMatchObject({ status: 'loading', keys: [] })
    goLive()
    await opened
    expect(store.getState().conversation).toMatchObject({ status: 'ready', keys: [keyOf(message)] })
  })

  it('a message is sent to the replica', async () => {
    await conversation.send(chatId, text('early'))
    expect(calls('replica.send')).toMatchObject([{ body: { text: 'early' } }])
  })
})

describe('sending', () => {
  const failure = new BridgeError({ code: 'store', message: 'the store ended during replica.send' })

  it('is retried once with the same message when the store has failed', async () => {
    call.mockRejectedValueOnce(failure)
    await conversation.send(chatId, text('once'))
    const [first, second, ...more] = calls('replica.send')
    expect(first).toMatchObject({ body: { text: 'once' } })
    expect(second).toEqual(first)
    expect(more).toEqual([])
  })

  it('rejects when the store fails twice or refuses the message', async () => {
    call.mockRejectedValueOnce(failure).mockRejectedValueOnce(failure)
    await expect(conversation.send(chatId, text('lost'))).rejects.toMatchObject({ code: 'storage' })
    call.mockRejectedValueOnce(new BridgeError({ code: 'refused', message: 'no chat' }))
    await expect(conversation.send(chatId, text('refused'))).rejects.toMatchObject({ code: 'storage' })
    expect(calls('replica.send')).toHaveLength(3)
  })
})

describe('a message that is being saved', () => {
  const bea = userIdSchema.parse('bea')
  const other = directChatId(me, bea)
  /** Answers of the store to `replica.send`, in the order of the calls. */
  let answers: PromiseWithResolvers<void>[]

  beforeEach(async () => {
    store.setState(({ chats }) => ({ chats: new Map(chats).set(other, emptyChat(bea)) }))
    await conversation.open(chatId)
    answers = []
    call.mockImplementation((method) => {
      if (method === 'replica.messages') return Promise.resolve([])
      if (method !== 'replica.send') return Promise.resolve()
      const answer = Promise.withResolvers<void>()
      answers.push(answer)
      return answer.promise
    })
  })

  /** What the replica announces when it has stored the n-th sent message. */
  function announce(n: number): void {
    const stored = messageSchema.parse(calls('replica.send')[n])
    store.setState((state) => showMessages(state, [stored]))
  }

  const textsOf = (messages: readonly Message[]): unknown[] =>
    messages.map(({ body }) => textOf('searchText', body))

  /** The own messages in the open chat. */
  function shown(): { saved: unknown[]; saving: unknown[] } {
    const { messages, saving, conversation: open } = store.getState()
    if (open === null) throw new Error('No chat is open.')
    const saved = messagesOf(messages, open.keys).filter(({ senderId }) => senderId === me)
    return { saved: textsOf(saved), saving: textsOf(unsavedOf(open.chatId, saving, messages)) }
  }

  it('is shown at once, and once only when the replica has announced it', async () => {
    const sent = conversation.send(chatId, text('one'))
    expect(shown()).toEqual({ saved: [], saving: ['one'] })
    announce(0)
    expect(shown()).toEqual({ saved: ['one'], saving: [] })
    answers[0]?.resolve()
    await sent
    expect(shown()).toEqual({ saved: ['one'], saving: [] })
    expect(store.getState().saving).toEqual([])
  })

  it('keeps its place among others', async () => {
    const first = conversation.send(chatId, text('one'))
    void conversation.send(chatId, text('two'))
    expect(shown()).toEqual({ saved: [], saving: ['one', 'two'] })
    announce(0)
    answers[0]?.resolve()
    await first
    void conversation.send(chatId, text('three'))
    expect(shown()).toEqual({ saved: ['one'], saving: ['two', 'three'] })
  })

  it('disappears when it could not be saved, and alone', async () => {
    const first = conversation.send(chatId, text('one'))
    void conversation.send(chatId, text('two'))
    answers[0]?.reject(new BridgeError({ code: 'refused', message: 'no chat' }))
    await expect(first).rejects.toMatchObject({ code: 'storage' })
    expect(shown()).toEqual({ saved: [], saving: ['two'] })
  })

  it('is shown in its chat only, and again when the chat is opened again', async () => {
    goLive()
    await conversation.open(other)
    void conversation.send(chatId, text('elsewhere'))
    expect(shown()).toEqual({ saved: [], saving: [] })
    await conversation.open(chatId)
    expect(shown()).toEqual({ saved: [], saving: ['elsewhere'] })
    await conversation.reopen()
    expect(shown()).toEqual({ saved: [], saving: ['elsewhere'] })
  })

  it('is not shown for a body that cannot be sent', async () => {
    await expect(conversation.send(chatId, text(''))).rejects.toThrow()
    expect(shown()).toEqual({ saved: [], saving: [] })
  })
})

describe('sending another kind than text', () => {
  it('does not change the draft', async () => {
    conversation.setDraft(chatId, 'half a')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a kind that this version does not know
    await expect(conversation.send(chatId, { kind: 'unknown' } as unknown as KnownBody)).rejects.toThrow()
    expect(conversation.draft(chatId)).toBe('half a')
  })
})

describe('seen messages', () => {
  const own = messageOf(2, me, { sentAt: 20, updatedAt: 20 })

  it('are marked as read once, with the count and the time', async () => {
    store.setState({ chats: new Map([[chatId, readChat({ readCount: 0, readAt: null })]]) })
    await conversation.open(chatId)
    conversation.seen(chatId, message.id)
    conversation.seen(chatId, message.id)
    store.setState({ chats: new Map([[chatId, readChat()]]) })
    expect(calls('replica.markRead')).toEqual([{ chatId, readCount: 1, readAt: 10 }])
  })

  it('are not marked again because of an own message', async () => {
    await conversation.open(chatId)
    conversation.seen(chatId, message.id)
    const last = {
      id: own.id,
      senderId: me,
      body: own.body,
      sentAt: 20,
      delivery: 'sent',
    } as const
    const answered = { ...readChat(), messageCount: 2, last }
    store.setState((state) => ({ ...showMessages(state, [own]), chats: new Map([[chatId, answered]]) }))
    expect(calls('replica.markRead')).toEqual([])
  })
})

it('tells main which chat the window shows: none while the settings cover it', async () => {
  await conversation.open(chatId)
  const { navigation } = store.getState()
  store.setState({ navigation: { ...navigation, pane: 'settings' } })
  store.setState({ navigation: { ...navigation, pane: 'newChat' } })
  conversation.close()
  expect(calls('view.setOpenChat')).toEqual([chatId, null, chatId, null])
})

describe('a draft', () => {
  it('is saved when another chat is opened, and not after it was sent', async () => {
    conversation.setDraft(chatId, 'half')
    await conversation.open(chatId)
    expect(calls('replica.setDraft')).toEqual([{ chatId, text: 'half' }])
    conversation.setDraft(chatId, 'whole')
    await conversation.send(chatId, text('whole'))
    await conversation.flushDrafts()
    expect(conversation.draft(chatId)).toBe('')
    expect(calls('replica.setDraft')).toHaveLength(1)
  })

  it('is not shown to the next account', async () => {
    const phone = phoneSchema.parse('+14155550100')
    store.setState({ session: { phase: 'ready', me, phone } })
    conversation.setDraft(chatId, 'secret')
    store.setState({ session: { phase: 'signedOut' } })
    expect(conversation.draft(chatId)).toBeUndefined()
    await conversation.flushDrafts()
    expect(calls('replica.setDraft')).toEqual([])
  })
})

describe('reading', () => {
  it('clears "marked as unread" of a chat that had it when it was opened', async () => {
    store.setState({ chats: new Map([[chatId, readChat({ markedUnread: true })]]) })
    await conversation.open(chatId)
    conversation.seen(chatId, message.id)
    expect(calls('replica.markRead')).toEqual([{ chatId, readCount: 1, readAt: 10 }])
  })

  it('is not repeated when the open chat is marked as unread after it was read', async () => {
    await conversation.open(chatId)
    conversation.seen(chatId, message.id)
    store.setState({ chats: new Map([[chatId, readChat({ markedUnread: true })]]) })
    expect(calls('replica.markRead')).toEqual([])
  })
})
