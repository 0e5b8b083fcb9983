import { describe, expect, it } from 'vitest'
import type { NotificationFacts } from '../bridge/notifications.ts'
import { chatWith, groupNamed } from '../domain/test-data.ts'
import { defaultSettings, type Settings } from '../settings.ts'
import { checklist, type Cause, type Circumstances, type LinkName, type LinkState } from './checklist.ts'

const NIGHT = new Date(2026, 2, 3, 23).getTime()
const chat = chatWith('ada')
const settings: Settings = { ...defaultSettings, launchAtLogin: true }
const facts: NotificationFacts = {
  permission: 'granted',
  doNotDisturb: false,
  trayHost: true,
  badge: true,
  opensAtLogin: true,
  push: { state: 'connected', roundTripMs: 900 },
}
const base: Circumstances = {
  context: {
    settings,
    focused: true,
    openChatId: chat.id,
    chat,
    blocked: false,
    mentioned: false,
    doNotDisturb: false,
    now: NIGHT,
  },
  facts,
  online: true,
}

const withFacts = (patch: Partial<NotificationFacts>): Circumstances => ({
  ...base,
  facts: { ...facts, ...patch },
})
const withContext = (patch: Partial<Circumstances['context']>): Circumstances => ({
  ...base,
  context: { ...base.context, ...patch },
})
const withSettings = (patch: Partial<Settings>): Circumstances =>
  withContext({ settings: { ...settings, ...patch } })
const withState = (patch: Partial<typeof chat.state>): Circumstances =>
  withContext({ chat: chatWith('ada', { state: { ...chat.state, ...patch } }) })

const mutedGroup = { ...groupNamed('Choir'), state: { ...chat.state, mutedUntil: NIGHT + 1 } }

/** Every fault, and the state of the link that has to name it. */
const faults: [LinkName, LinkState, Circumstances][] = [
  ['permission', 'broken', withFacts({ permission: 'denied' })],
  ['off', 'broken', withSettings({ notifyAbout: 'nothing' })],
  ['paused', 'broken', withSettings({ mutedUntil: NIGHT + 1 })],
  ['blocked', 'broken', withContext({ blocked: true })],
  ['archived', 'broken', withState({ archived: true })],
  ['muted', 'broken', withState({ mutedUntil: NIGHT + 1 })],
  ['chatMentionsOnly', 'broken', withContext({ chat: mutedGroup })],
  [
    'mentionsOnly',
    'broken',
    withContext({ settings: { ...settings, notifyAbout: 'mentionsAndDirect' }, chat: groupNamed('Choir') }),
  ],
  ['quietHours', 'broken', withSettings({ quietHours: { ...settings.quietHours, enabled: true } })],
  ['doNotDisturb', 'quiet', withFacts({ doNotDisturb: true })],
  ['soundOff', 'quiet', withSettings({ notificationSound: false })],
  ['chatSilent', 'quiet', withState({ sound: 'none' })],
  ['trayHost', 'warning', withFacts({ trayHost: false })],
  ['badge', 'warning', withFacts({ badge: false })],
  ['badge', 'warning', withSettings({ badgeCounts: false })],
  ['login', 'warning', withFacts({ opensAtLogin: false })],
  ['login', 'warning', withSettings({ launchAtLogin: false })],
  ['push', 'warning', withFacts({ push: { state: 'waiting', roundTripMs: 900 } })],
  ['roundTrip', 'warning', withFacts({ push: { state: 'connected', roundTripMs: 60_000 } })],
  ['server', 'broken', { ...base, online: false }],
]

describe('checklist', () => {
  it('says yes when every link holds, whatever is on the screen', () => {
    const { answer, because, lines } = checklist(base)
    expect({ answer, because }).toEqual({ answer: 'yes', because: null })
    expect(lines.map(({ state }) => state)).toEqual(lines.map(() => 'ok'))
  })

  it.each(faults)('names the link %s, and no other', (name, state, circumstances) => {
    const { answer, because, lines } = checklist(circumstances)
    expect(lines.filter((line) => line.state !== 'ok')).toEqual([{ name, state }])
    const answers = { broken: 'no', quiet: 'quietly', warning: 'yes', ok: 'yes', unknown: 'yes' } as const
    expect(answer).toBe(answers[state])
    expect(because).toBe(answer === 'yes' ? null : name)
  })

  it('blames what breaks the chain before what only silences it, and the first of several', () => {
    const because = (patch: Partial<Circumstances>): Cause | null => checklist({ ...base, ...patch }).because
    expect(because({ facts: { ...facts, doNotDisturb: true }, online: false })).toBe('server')
    expect(because({ facts: { ...facts, permission: 'denied' }, online: false })).toBe('permission')
  })

  it('says what the system does not tell', () => {
    const silent = {
      permission: 'unknown',
      doNotDisturb: null,
      trayHost: null,
      badge: null,
      opensAtLogin: null,
      push: { state: 'connected', roundTripMs: null },
    } as const
    const { answer, lines } = checklist(withFacts(silent))
    expect(answer).toBe('yes')
    expect(lines.filter(({ state }) => state === 'unknown').map(({ name }) => name)).toEqual([
      'permission',
      'doNotDisturb',
      'trayHost',
      'badge',
      'login',
      'roundTrip',
    ])
  })

  it('leaves out what does not concern the chat or the machine', () => {
    const names = (circumstances: Circumstances): LinkName[] =>
      checklist(circumstances).lines.map(({ name }) => name)
    const general = names(withContext({ chat: null }))
    expect(general).toContain('quietHours')
    for (const name of ['blocked', 'archived', 'muted', 'chatMentionsOnly', 'mentionsOnly', 'chatSilent'])
      expect(general).not.toContain(name)
    for (const name of ['chatMentionsOnly', 'mentionsOnly']) expect(names(base)).not.toContain(name)
    expect(names(withContext({ chat: groupNamed('Choir') }))).not.toContain('blocked')
    expect(names(withFacts({ push: null }))).not.toContain('push')
    expect(names(withSettings({ closeToTray: false }))).not.toContain('trayHost')
  })
})
