import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { Chat } from '#shared/domain/chat.ts'
import { ada, chatWith, me, message as someMessage } from '#shared/domain/test-data.ts'
import { createMedia } from '../media/media.ts'
import { createPushService } from '../push/push-service.ts'
import { createStorage } from '../media/storage.ts'
import { createAccountHandlers } from './account-handlers.ts'
import type { ChangeListener, Store } from '../store/store.ts'

const read = chatWith('ada', { state: { ...chatWith('ada').state, readCount: 3, readAt: 1000 } })
const unread: Chat = { ...chatWith('ben'), messageCount: 6 }
const counted: Chat = { ...read, messageCount: 4 }
const message = someMessage(2, ada)

let announceChange: ChangeListener
/** The time of the message in the shown notification; undefined: none is shown. */
let shown: number | undefined
/** The totals passed to tray and badge, in order. */
let totals: number[]
/** The messages whose notification was closed because they were deleted. */
let withdrawn: string[]
let handlers: ReturnType<typeof createAccountHandlers>

beforeEach(async () => {
  shown = undefined
  totals = []
  withdrawn = []
  const results: Record<string, unknown> = { 'replica.chats': [read, unread], 'replica.people': [] }
  const store: Store = {
    account: () => undefined,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the results that the test needs
    call: ((_: string, method: string) => Promise.resolve(results[method])) as Store['call'],
    onChange(listener) {
      announceChange = listener
      return () => undefined
    },
    onFreed: () => () => undefined,
    onInterrupted: () => () => undefined,
    close: () => Promise.resolve(),
  }
  const cancelled = (): Promise<'cancelled'> => Promise.resolve('cancelled')
  const media = createMedia({
    directory: join(tmpdir(), 'perch-no-media'),
    store,
    storage: createStorage('http://127.0.0.1:1', fetch),
    exports: {
      saveAs: cancelled,
      showSaved: () => false,
      copyImage: cancelled,
      open: cancelled,
      dragOut: () => Promise.resolve('missing'),
      clear: () => Promise.resolve(),
    },
    limit: () => 1e9,
    takeOpened: () => [],
    send: () => undefined,
    onTotal: () => undefined,
    log: () => undefined,
  })
  handlers = createAccountHandlers({
    store,
    media,
    previews: { fetch: () => Promise.resolve(null) },
    push: createPushService({
      createReceiver: () => null,
      onStatus: () => undefined,
      onHint: () => undefined,
      onHealth: () => undefined,
    }),
    notifications: {
      announce(incoming) {
        shown = incoming.at(-1)?.message.sentAt ?? shown
      },
      clear(_, upTo = Infinity) {
        if (shown !== undefined && shown <= upTo) shown = undefined
      },
      withdraw: (chatId, id) => withdrawn.push(`${chatId} ${id}`),
      clearAll: () => undefined,
    },
    send: () => undefined,
    onUnread: ({ total }) => totals.push(total),
    onOpenChat: () => undefined,
  })
  await handlers['replica.open'](undefined, me)
  await handlers['replica.chats'](undefined, me)
})

function emitChange(chat: Chat, incoming: boolean): void {
  const rows: ReplicaChange = {
    chats: [chat],
    removedChatIds: [],
    messages: incoming ? [message] : [],
    removedMessages: [],
    people: [],
    activities: [],
    account: null,
    outbox: null,
  }
  announceChange(me, rows, incoming ? [{ message, chat, senderName: '', names: new Map() }] : [])
}

it('keeps the notification until the message is read, even if the chat counts the message only later', () => {
  emitChange(read, true)
  expect(shown).toBe(2000)
  emitChange({ ...read, draft: 'half' }, false)
  expect(shown).toBe(2000)
  emitChange(counted, false)
  expect(shown).toBe(2000)
  emitChange({ ...counted, state: { ...counted.state, readCount: 4 } }, false)
  expect(shown).toBeUndefined()
})

it('clears the notification when the message is read, even if the chat does not count it yet', () => {
  emitChange(read, true)
  emitChange({ ...read, state: { ...read.state, readAt: 2000 } }, false)
  expect(shown).toBeUndefined()
})

it('withdraws the notification of a message that was deleted', () => {
  emitChange(read, true)
  expect(withdrawn).toEqual([])
  announceChange(
    me,
    {
      chats: [],
      removedChatIds: [],
      messages: [{ ...message, body: null, deletedAt: 3000 }],
      removedMessages: [],
      people: [],
      activities: [],
      account: null,
      outbox: null,
    },
    [],
  )
  expect(withdrawn).toEqual([`${message.chatId} ${message.id}`])
})

it('counts the rows that the page reads, even those it requests before the replica is open', async () => {
  for (let start = 0; start < 2; start++) {
    totals = []
    await Promise.all([
      handlers['replica.open'](undefined, me),
      handlers['replica.chats'](undefined, me),
      handlers['replica.people'](undefined, me),
    ])
    expect(totals.at(-1)).toBe(5)
  }
})

it('keeps counting when an account that is not open is closed', async () => {
  await handlers['replica.close'](undefined, ada)
  expect(totals.at(-1)).not.toBe(0)
  expect(() => handlers['view.setOpenChat'](null, ada)).toThrowError()
  await handlers['replica.close'](undefined, me)
  expect(totals.at(-1)).toBe(0)
})
