import { EventEmitter } from 'node:events'
import type * as electron from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NotificationAction } from '#shared/bridge/notifications.ts'
import type { ChatState } from '#shared/domain/chat.ts'
import { ada, chatWith, me, message, messageId, personNamed } from '#shared/domain/test-data.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { OwnSound } from '#shared/notifications/sounds.ts'
import { withMentions } from '#shared/messages/mentions.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { createTranslate } from '../i18n.ts'
import type { IncomingMessage } from '../store/protocol.ts'
import { createNotifications, type NotificationOptions, type Notifications } from './notifications.ts'
import { openShownTargets, type ShownTargets, type Target } from './shown-targets.ts'
import { createUnreadCounts } from './unread-counts.ts'

type Options = electron.NotificationConstructorOptions
type Handler = (details: electron.ActivationArguments) => void

/** What the system would show. */
const system = vi.hoisted((): System => ({
  shown: [],
  earlier: [],
  handler: () => undefined,
  outcome: 'show',
  supported: true,
}))
interface System {
  shown: Shown[]
  earlier: unknown[]
  handler: Handler
  outcome: 'show' | 'failed'
  supported: boolean
}
interface Shown extends EventEmitter {
  options: Options
  open: boolean
}

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  class Notification extends Emitter {
    static isSupported = (): boolean => system.supported
    static handleActivation = (handler: Handler): void => void (system.handler = handler)
    static getHistory = (): Promise<unknown[]> => Promise.resolve(system.earlier)
    readonly options: Options
    readonly id: string
    open = false
    constructor(options: Options) {
      super()
      this.options = options
      this.id = options.id ?? ''
    }
    show(): void {
      this.open = true
      system.shown.push(this)
      this.emit(system.outcome, {})
    }
    close(): void {
      this.open = false
    }
  }
  return { Notification }
})

const t = createTranslate('en')
const chat = chatWith('ada')
let settings: Settings
let targets: ShownTargets
let opened: (Target | null)[]
let actions: NotificationAction[]
let played: OwnSound[]
let page: boolean

function start(platform: NodeJS.Platform, patch: Partial<NotificationOptions> = {}): Notifications {
  return createNotifications({
    t,
    platform,
    settings: () => settings,
    system: {
      read: () => Promise.reject(new Error('not used')),
      latest: () => ({ permission: 'granted', doNotDisturb: false, trayHost: true }),
    },
    targets,
    launchInfo: undefined,
    view: () => ({ focused: false, openChatId: null }),
    play(sound) {
      if (page) played.push(sound)
      return page
    },
    onOpen: (target) => opened.push(target),
    onAction: (_, action) => actions.push(action),
    onAnnounce: () => undefined,
    ...patch,
  })
}

const counts = createUnreadCounts(me)
counts.update({ chats: [chat], removedChatIds: [], people: [personNamed('Ada')] })

function arriving(n: number, state: Partial<ChatState> = {}, body?: MessageBody): IncomingMessage {
  const of = { ...chat, state: { ...chat.state, ...state } }
  const sent = message(n, ada, { chatId: chat.id, ...(body !== undefined && { body }) })
  return { message: sent, chat: of, senderName: 'Ada', names: new Map() }
}

const newest = (): Shown => {
  const last = system.shown.at(-1)
  if (last === undefined) throw new Error('nothing was shown')
  return last
}
const target = (n: number): Target => ({ account: me, chatId: chat.id, messageId: messageId(n) })

beforeEach(() => {
  system.shown.length = 0
  system.earlier = []
  system.outcome = 'show'
  system.supported = true
  settings = defaultSettings
  targets = openShownTargets(null, () => undefined)
  opened = []
  actions = []
  played = []
  page = true
})
afterEach(() => vi.useRealTimers())

describe('notifications', () => {
  it('replaces the one of the chat, counts, and closes it when the chat is read', () => {
    const notifications = start('linux')
    notifications.announce([arriving(1)], counts)
    notifications.announce([arriving(2), arriving(3)], counts)
    expect(system.shown.map(({ open, options: { title } }) => [open, title])).toEqual([
      [false, 'Ada'],
      [true, 'Ada (3)'],
    ])
    notifications.clear(chat.id, (arriving(3).message.sentAt ?? 0) - 1)
    expect(newest().open).toBe(true)
    notifications.clear(chat.id)
    expect(newest().open).toBe(false)
    notifications.announce([arriving(4)], counts)
    expect(newest().options.title).toBe('Ada')
  })

  it('tells apart what is personal: a direct chat, or a mention', () => {
    const personal: boolean[] = []
    const notifications = start('linux', { onAnnounce: (isPersonal) => void personal.push(isPersonal) })
    const group = (one: IncomingMessage): IncomingMessage => ({
      ...one,
      chat: { ...one.chat, kind: 'group' },
    })
    notifications.announce([arriving(1)], counts)
    notifications.announce([group(arriving(2))], counts)
    const mention = { kind: 'text', ...withMentions('@Me', [{ start: 0, length: 3, who: me }]) } as const
    notifications.announce([group(arriving(3)), group(arriving(4, {}, mention))], counts)
    expect(personal).toEqual([true, false, true])
  })

  it('closes the one of a deleted message, and all at sign-out', () => {
    const notifications = start('linux')
    notifications.announce([arriving(1)], counts)
    notifications.withdraw(chat.id, messageId(2))
    expect(newest().open).toBe(true)
    notifications.withdraw(chat.id, messageId(1))
    expect(newest().open).toBe(false)
    notifications.announce([arriving(2)], counts)
    notifications.clearAll()
    expect(newest().open).toBe(false)
  })

  it('plays the own sound of a chat in the page, and the system is silent then', () => {
    const notifications = start('linux')
    notifications.announce([arriving(1, { sound: 'bell' })], counts)
    expect([newest().options.silent, played]).toEqual([true, ['bell']])
    notifications.announce([arriving(2)], counts)
    notifications.announce([arriving(3, { sound: 'none' })], counts)
    expect(system.shown.map(({ options }) => options.silent)).toEqual([true, false, true])
    page = false
    notifications.announce([arriving(4, { sound: 'bell' })], counts)
    expect(newest().options.silent).toBe(false)
    page = true
    settings = { ...settings, notificationSound: false }
    notifications.announce([arriving(5, { sound: 'bell' })], counts)
    expect([newest().options.silent, played]).toEqual([true, ['bell']])
  })

  it('holds back what arrives in quiet hours and tells of it once', () => {
    vi.useFakeTimers({ now: new Date(2026, 2, 3, 23) })
    settings = { ...settings, quietHours: { ...settings.quietHours, enabled: true } }
    const notifications = start('linux')
    notifications.announce([arriving(1), arriving(2)], counts)
    notifications.announce([arriving(3, { mutedUntil: Number.MAX_SAFE_INTEGER })], counts)
    expect(system.shown).toEqual([])
    vi.advanceTimersByTime(24 * 3_600_000)
    expect(system.shown.map(({ options }) => options.body)).toEqual([
      '2 messages arrived while it was quiet, in 1 chat.',
    ])
    newest().emit('click')
    expect(opened).toEqual([null])
  })

  it('offers no actions when the content is hidden, and no answer where this person may not write', () => {
    const notifications = start('darwin')
    settings = { ...settings, notificationContent: 'nothing' }
    notifications.announce([arriving(1)], counts)
    expect(newest().options).not.toHaveProperty('hasReply')
    expect(newest().options).not.toHaveProperty('actions')
    settings = defaultSettings
    notifications.announce([{ ...arriving(2), chat: { ...chat, former: true } }], counts)
    expect(newest().options).not.toHaveProperty('hasReply')
    expect(newest().options).toHaveProperty('actions')
  })

  it('tells whether the system showed the trial and refuses notifications', async () => {
    const notifications = start('darwin')
    expect(await notifications.test()).toBe('shown')
    expect(notifications.hasFailed()).toBe(false)
    system.outcome = 'failed'
    expect(await notifications.test()).toBe('failed')
    expect(notifications.hasFailed()).toBe(true)
    system.outcome = 'show'
    notifications.announce([arriving(1)], counts)
    expect(notifications.hasFailed()).toBe(false)
    system.supported = false
    expect(await notifications.test()).toBe('failed')
  })
})

describe('on Linux', () => {
  it('opens the chat at the message, and marks it as read by a button', () => {
    const notifications = start('linux')
    notifications.announce([arriving(1)], counts)
    expect(newest().options).not.toHaveProperty('hasReply')
    newest().emit('click')
    expect(opened).toEqual([target(1)])
    notifications.announce([arriving(2)], counts)
    expect(newest().options).toMatchObject({
      title: 'Ada',
      actions: [{ type: 'button', text: 'Mark as read' }],
    })
    newest().emit('action', { actionIndex: 0 })
    expect(actions).toEqual([{ do: 'read', chatId: chat.id }])
  })
})

describe('on macOS', () => {
  it('sends an answer, but not a blank one', () => {
    const notifications = start('darwin')
    notifications.announce([arriving(1)], counts)
    expect(newest().options).toMatchObject({ hasReply: true, replyPlaceholder: 'Reply' })
    newest().emit('reply', { reply: '  on my way\n' })
    notifications.announce([arriving(2)], counts)
    newest().emit('reply', { reply: ' ' })
    expect(actions).toEqual([{ do: 'reply', chatId: chat.id, text: 'on my way' }])
  })

  it('opens what was clicked before the app ran, and what an earlier run has left', async () => {
    const clicked = '00000000-0000-4000-8000-000000000001'
    const left = '00000000-0000-4000-8000-000000000002'
    targets.add(clicked, target(1))
    targets.add(left, target(2))
    const earlier = Object.assign(new EventEmitter(), { id: left, close: () => undefined })
    system.earlier = [earlier]
    start('darwin', { launchInfo: { identifier: clicked, actionIdentifier: 'default', date: 1 } })
    expect(opened).toEqual([target(1)])
    await vi.waitFor(() => expect(earlier.listenerCount('click')).toBe(1))
    earlier.emit('click')
    expect(opened).toEqual([target(1), target(2)])
  })

  it('starts as usual without a clicked notification', () => {
    for (const launchInfo of [undefined, {}, { identifier: 'another' }]) start('darwin', { launchInfo })
    expect([opened, actions]).toEqual([[], []])
  })
})

describe('on Windows', () => {
  const activate = (details: Omit<electron.ActivationArguments, 'arguments'>, id: string): void => {
    system.handler({ ...details, arguments: `type=${details.type}&tag=${id}` })
  }

  it('receives clicks, answers and buttons in one handler, also of an earlier run', () => {
    const left = '00000000-0000-4000-8000-000000000002'
    targets.add(left, target(9))
    const notifications = start('win32')
    activate({ type: 'click' }, left)
    notifications.announce([arriving(1)], counts)
    expect(newest().options).toMatchObject({ hasReply: true, actions: [{ text: 'Mark as read' }] })
    activate({ type: 'reply', reply: 'yes' }, newest().options.id ?? '')
    notifications.announce([arriving(2)], counts)
    activate({ type: 'action', actionIndex: 0 }, newest().options.id ?? '')
    expect(opened).toEqual([target(9)])
    expect(actions).toEqual([
      { do: 'reply', chatId: chat.id, text: 'yes' },
      { do: 'read', chatId: chat.id },
    ])
  })

  it('does each once, and nothing for a notification that it does not know', () => {
    const notifications = start('win32')
    notifications.announce([arriving(1)], counts)
    const { id = '' } = newest().options
    newest().emit('click')
    activate({ type: 'click' }, id)
    activate({ type: 'click' }, id)
    activate({ type: 'click' }, 'unknown')
    expect(opened).toEqual([target(1)])
  })

  it('keeps a notification that moved to the notification center', () => {
    const notifications = start('win32')
    notifications.announce([arriving(1)], counts)
    newest().emit('close', { reason: 'timedOut' })
    activate({ type: 'click' }, newest().options.id ?? '')
    expect(opened).toEqual([target(1)])
  })
})
