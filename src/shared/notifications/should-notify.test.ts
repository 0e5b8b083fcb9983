import { describe, expect, it } from 'vitest'
import type { ChatState } from '../domain/chat.ts'
import { chatWith, groupNamed } from '../domain/test-data.ts'
import { defaultSettings, type Settings } from '../settings.ts'
import { reasonNames, shouldNotify, type NotificationContext, type ReasonName } from './should-notify.ts'

const NIGHT = new Date(2026, 2, 3, 23).getTime()
const chat = chatWith('ada')
const base: NotificationContext = {
  settings: defaultSettings,
  focused: false,
  openChatId: null,
  chat,
  blocked: false,
  mentioned: false,
  doNotDisturb: false,
  now: NIGHT,
}

const withSettings = (patch: Partial<Settings>): Partial<NotificationContext> => ({
  settings: { ...defaultSettings, ...patch },
})
const withState = (patch: Partial<ChatState>): Partial<NotificationContext> => ({
  chat: chatWith('ada', { state: { ...chat.state, ...patch } }),
})
const quietHours = { ...defaultSettings.quietHours, enabled: true }
const muted = withState({ mutedUntil: NIGHT + 1 })
const group = { ...groupNamed('Choir'), state: chat.state }
const mutedGroup = { ...group, state: { ...chat.state, mutedUntil: NIGHT + 1 } }

/** A context in which only this reason holds. */
const only: Record<ReasonName, Partial<NotificationContext>> = {
  off: withSettings({ notifyAbout: 'nothing' }),
  paused: withSettings({ mutedUntil: NIGHT + 1 }),
  blocked: { blocked: true },
  archived: withState({ archived: true }),
  muted,
  chatMentionsOnly: { chat: mutedGroup },
  mentionsOnly: { ...withSettings({ notifyAbout: 'mentionsAndDirect' }), chat: group },
  inView: { focused: true, openChatId: chat.id },
  quietHours: withSettings({ quietHours }),
  doNotDisturb: { doNotDisturb: true },
  soundOff: withSettings({ notificationSound: false }),
  chatSilent: withState({ sound: 'none' }),
}
const quiet: readonly ReasonName[] = ['doNotDisturb', 'soundOff', 'chatSilent']

describe('shouldNotify', () => {
  it('is loud while no chat is open, while the window has no focus, and once a mute has ended', () => {
    const loud = { notify: 'loud', reason: null }
    expect(shouldNotify(base)).toEqual(loud)
    expect(shouldNotify({ ...base, chat: null })).toEqual(loud)
    expect(shouldNotify({ ...base, focused: true })).toEqual(loud)
    expect(shouldNotify({ ...base, openChatId: chat.id })).toEqual(loud)
    expect(shouldNotify({ ...base, ...withSettings({ mutedUntil: NIGHT }) })).toEqual(loud)
    expect(shouldNotify({ ...base, ...withState({ mutedUntil: NIGHT, muteMentions: true }) })).toEqual(loud)
    expect(shouldNotify({ ...base, ...withSettings({ notifyAbout: 'mentionsAndDirect' }) })).toEqual(loud)
  })

  it.each(reasonNames)('names the reason %s', (reason) => {
    const notify = quiet.includes(reason) ? 'quiet' : 'no'
    expect(shouldNotify({ ...base, ...only[reason] })).toEqual({ notify, reason })
  })

  it('names the first reason that holds', () => {
    expect(shouldNotify({ ...base, ...only.archived, ...only.off, ...only.blocked }).reason).toBe('off')
    expect(shouldNotify({ ...base, ...muted, ...only.quietHours, ...only.doNotDisturb }).reason).toBe('muted')
  })

  it('notifies of a mention in a muted chat and in a group, unless mentions are muted too', () => {
    const mention = { ...base, mentioned: true }
    expect(shouldNotify({ ...mention, chat: mutedGroup }).notify).toBe('loud')
    expect(shouldNotify({ ...mention, ...only.mentionsOnly }).notify).toBe('loud')
    const nothing = { ...mutedGroup, state: { ...mutedGroup.state, muteMentions: true } }
    expect(shouldNotify({ ...mention, chat: nothing }).reason).toBe('muted')
    for (const reason of ['off', 'paused', 'blocked', 'archived', 'inView'] as const)
      expect(shouldNotify({ ...mention, ...only[reason] }).reason).toBe(reason)
  })

  it('lets mentions and pinned chats through quiet hours, as the person chose', () => {
    const strict = withSettings({ quietHours: { ...quietHours, exceptMentions: false, exceptPinned: false } })
    const pinned = withState({ pinned: true })
    expect(shouldNotify({ ...base, ...only.quietHours, mentioned: true }).notify).toBe('loud')
    expect(shouldNotify({ ...base, ...only.quietHours, ...pinned }).notify).toBe('loud')
    expect(shouldNotify({ ...base, ...strict, mentioned: true }).reason).toBe('quietHours')
    expect(shouldNotify({ ...base, ...strict, ...pinned }).reason).toBe('quietHours')
  })
})
