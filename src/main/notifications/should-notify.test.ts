import { describe, expect, it } from 'vitest'
import { chatWith } from '#shared/domain/test-data.ts'
import { defaultSettings } from '#shared/settings.ts'
import { shouldNotify, type NotificationContext } from './should-notify.ts'

const chat = chatWith('ada')

describe('shouldNotify', () => {
  const base: NotificationContext = {
    settings: defaultSettings,
    focused: false,
    openChatId: null,
    chat,
    blocked: false,
    mentioned: false,
    now: 1000,
  }

  it('notifies while no chat is open, while the window has no focus, and once a mute has ended', () => {
    expect(shouldNotify(base)).toBe(true)
    expect(shouldNotify({ ...base, focused: true })).toBe(true)
    expect(shouldNotify({ ...base, openChatId: chat.id })).toBe(true)
    expect(shouldNotify({ ...base, settings: { ...defaultSettings, mutedUntil: 1000 } })).toBe(true)
  })

  it('notifies of a mention in a muted chat, and nowhere else that is silent', () => {
    const muted = chatWith('ada', { state: { ...chat.state, mutedUntil: 1001 } })
    const mention = { ...base, chat: muted, mentioned: true }
    expect(shouldNotify(mention)).toBe(true)
    const archived = { ...muted, state: { ...muted.state, archived: true } }
    expect(shouldNotify({ ...mention, chat: archived })).toBe(false)
    expect(shouldNotify({ ...mention, blocked: true })).toBe(false)
    expect(shouldNotify({ ...mention, focused: true, openChatId: muted.id })).toBe(false)
    for (const off of [{ notifications: false }, { mutedUntil: 1001 }])
      expect(shouldNotify({ ...mention, settings: { ...defaultSettings, ...off } })).toBe(false)
  })

  it.each<[string, Partial<NotificationContext>]>([
    ['the chat is open in the focused window', { focused: true, openChatId: chat.id }],
    ['notifications are off', { settings: { ...defaultSettings, notifications: false } }],
    ['all notifications are muted', { settings: { ...defaultSettings, mutedUntil: 1001 } }],
    ['the chat is muted', { chat: chatWith('ada', { state: { ...chat.state, mutedUntil: 1001 } }) }],
    ['the chat is archived', { chat: chatWith('ada', { state: { ...chat.state, archived: true } }) }],
    ['the person is blocked', { blocked: true }],
  ])('does not notify when %s', (_why, patch) => {
    expect(shouldNotify({ ...base, ...patch })).toBe(false)
  })
})
