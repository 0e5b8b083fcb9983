import { beforeEach, expect, it } from 'vitest'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import type { NotificationAction } from '#shared/bridge/notifications.ts'
import { chatWith, me } from '#shared/domain/test-data.ts'
import { phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { createPlatform } from '../../platform/bridge.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import type { ConversationService } from '../services.ts'
import { followNotifications } from './follow-notifications.ts'

const { id: chatId } = chatWith('ada')
const phone = phoneSchema.parse('+4915112345678')

let store: AppStore
let emit: (event: BridgeEvent) => void
let done: unknown[]
let draft: string
let full: boolean

const conversation: Pick<ConversationService, 'forward' | 'draft' | 'setDraft'> = {
  forward(chat, body) {
    if (full) return Promise.reject(new Error('full'))
    done.push(['forward', chat, body])
    return Promise.resolve()
  },
  draft: () => draft,
  setDraft: (_, text) => {
    draft = text
  },
}

beforeEach(() => {
  store = createAppStore()
  done = []
  draft = ''
  full = false
  followNotifications({
    platform: createPlatform({
      call: () => Promise.reject(new Error('not used')),
      listen(listener) {
        emit = listener
        return () => undefined
      },
    }),
    store,
    conversation,
    chats: {
      markRead(chat) {
        done.push(['read', chat])
        return Promise.resolve()
      },
    },
    notifications: () =>
      Promise.resolve({
        check: () => Promise.reject(new Error('not used')),
        test: () => Promise.resolve('shown'),
        openSettings: () => Promise.resolve(false),
        play: (sound) => done.push(['play', sound]),
      }),
    report: (event) => done.push(['report', event]),
  })
})

const act = (payload: NotificationAction, account: UserId = me): void =>
  emit({ account, name: 'notification.action', payload })
const signIn = (): void => store.setState({ session: { phase: 'ready', me, phone } })
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

it('marks the chat as read and sends the answer', async () => {
  signIn()
  act({ do: 'reply', chatId, text: 'yes' })
  await settled()
  expect(done).toEqual([
    ['read', chatId],
    ['forward', chatId, { kind: 'text', text: 'yes' }],
  ])
})

it('waits for the account, loses nothing and keeps the order; another account’s actions are dropped', async () => {
  act({ do: 'reply', chatId, text: 'one' })
  act({ do: 'read', chatId }, userIdSchema.parse('somebody'))
  act({ do: 'reply', chatId, text: 'two' })
  await settled()
  expect(done).toEqual([])
  signIn()
  await settled()
  expect(done.filter((one) => JSON.stringify(one).includes('forward'))).toEqual([
    ['forward', chatId, { kind: 'text', text: 'one' }],
    ['forward', chatId, { kind: 'text', text: 'two' }],
  ])
  store.setState({})
  await settled()
  expect(done).toHaveLength(4)
})

it('keeps an answer that cannot be stored as the draft, unless there is one', async () => {
  signIn()
  full = true
  act({ do: 'reply', chatId, text: 'yes' })
  await settled()
  expect([draft, done]).toEqual([
    'yes',
    [
      ['read', chatId],
      ['report', 'notification.action'],
    ],
  ])
  draft = 'something else'
  act({ do: 'reply', chatId, text: 'no' })
  await settled()
  expect(draft).toBe('something else')
})

it('plays sounds', async () => {
  emit({ account: null, name: 'notification.sound', payload: { sound: 'bell' } })
  await settled()
  expect(done).toEqual([['play', 'bell']])
})
