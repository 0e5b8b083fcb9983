import type { ProxyVerdict } from '../../src/shared/bridge/proxy.ts'
import type { Proxy } from '../../src/shared/proxy.ts'
import type { ProxyField } from '../../src/renderer/ui/network/proxy-draft.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lifetime } from '../../src/renderer/features/people/InviteForm.tsx'
import type { CameraProblem } from '../../src/shared/domain/camera.ts'
import type { InviteProblem } from '../../src/shared/domain/invite.ts'
import type { ComponentProps } from 'react'
import { describe, expect, it } from 'vitest'
import type { Content } from '../../src/shared/bridge/replica.ts'
import type { Policy, Role } from '../../src/shared/domain/group.ts'
import { INSTALL_WAITS, NO_UPDATES, UPDATE_PROBLEMS } from '../../src/shared/bridge/updates.ts'
import type { EventBody } from '../../src/shared/messages/kinds/event.ts'
import type { FileKind } from '../../src/shared/domain/storage.ts'
import type { PresenceView } from '../../src/shared/domain/presence.ts'
import type { DeliveryState, MemberReceipt } from '../../src/shared/domain/receipts.ts'
import type {
  Cause,
  Checklist,
  Fixable,
  LinkName,
  LinkState,
  Unknowable,
} from '../../src/shared/notifications/checklist.ts'
import type { ReasonName } from '../../src/shared/notifications/should-notify.ts'
import { chatSounds } from '../../src/shared/notifications/sounds.ts'
import type { Level } from '../../src/renderer/features/people/ChatNotifications.tsx'
import en from '../../src/shared/locales/en.json' with { type: 'json' }
import type { CrashAction } from '../../src/main/windows/crash-page.ts'
import type { HelpScreen } from '../../src/renderer/app/HelpScreen.tsx'
import type { AppErrorCode, Traffic } from '../../src/renderer/services/services.ts'
import type { kindOfAll } from '../../src/renderer/features/conversation/attach/staged-changes.ts'
import type { PinTask } from '../../src/renderer/features/settings/lock/PinDialog.tsx'
import type { FileProblem } from '../../src/renderer/stores/staging.ts'
import type { Quality } from '../../src/shared/domain/staged.ts'
import type { ChatFilter } from '../../src/renderer/stores/app-store.ts'
import type { TransferFailure } from '../../src/renderer/stores/transfers.ts'
import type { PlayerFailure } from '../../src/renderer/stores/player.ts'
import type { VoicePhase, VoiceProblem } from '../../src/renderer/stores/voice-note.ts'
import { shortcutNames, type ShortcutGroup } from '../../src/renderer/ui/shortcuts.ts'
import { catalogueProblems, type BuiltKeys, type Catalogue } from './catalogue.ts'
import { root } from './paths.ts'

/** Returns all names of a type. tsc rejects a name that is missing or not in the type. */
const names = <T extends string>(all: Record<T, true>): string[] => Object.keys(all)

const present = names<Exclude<PresenceView['kind'], 'hidden' | 'lastSeen'>>({ online: true, away: true })

type EventNames<B> = B extends { event: infer E } ? E & string : never
type Named = EventNames<Extract<EventBody, { title: string }>>
type OfPeople = Exclude<EventNames<Extract<EventBody, { uids: unknown }>>, Named | 'joined' | 'left'>
const named = names<Named>({ created: true, renamed: true })
const ofPeople = names<OfPeople>({
  added: true,
  admitted: true,
  removed: true,
  promoted: true,
  demoted: true,
  transferred: true,
})
const plain = names<Exclude<EventBody['event'], Named | OfPeople> | 'photoRemoved'>({
  joined: true,
  left: true,
  described: true,
  photo: true,
  photoRemoved: true,
  policy: true,
  deleted: true,
})

const fileKinds = names<FileKind>({ photo: true, video: true, voice: true, file: true })
const contents = names<Content>({ media: true, files: true, voice: true, links: true })

const reasons: Record<Exclude<ReasonName, 'inView'>, true> = {
  off: true,
  paused: true,
  blocked: true,
  archived: true,
  muted: true,
  chatMentionsOnly: true,
  mentionsOnly: true,
  quietHours: true,
  doNotDisturb: true,
  soundOff: true,
  chatSilent: true,
}
const links = names<Exclude<LinkName, 'roundTrip'>>({
  ...reasons,
  permission: true,
  trayHost: true,
  badge: true,
  login: true,
  push: true,
  server: true,
})

/** The keys that the code builds at run time. */
const builtKeys: BuiltKeys = {
  'attach.problem.*': names<Exclude<FileProblem, 'tooLarge' | 'tooMany'>>({
    folder: true,
    empty: true,
    gone: true,
    unreadable: true,
    full: true,
    storage: true,
    huge: true,
    unprepared: true,
  }),
  'attach.quality.*': names<Quality>({ standard: true, high: true, original: true }),
  'attach.title.*': names<ReturnType<typeof kindOfAll>>({
    photos: true,
    videos: true,
    files: true,
    items: true,
  }),
  'app.*Title': names<ComponentProps<typeof HelpScreen>['reason']>({ broken: true, stopped: true }),
  'app.*Text': names<ComponentProps<typeof HelpScreen>['reason']>({ broken: true, stopped: true }),
  'app.crash.*': names<CrashAction>({ reload: true, logs: true, quit: true }),
  'lock.*': names<PinTask>({ turnOn: true, change: true, turnOff: true }),
  'lock.*Done': names<PinTask>({ turnOn: true, change: true, turnOff: true }),
  'chats.*': present,
  'chats.delivery.*': names<DeliveryState>({
    saving: true,
    sending: true,
    failed: true,
    sent: true,
    delivered: true,
    read: true,
  }),
  'chats.show.*': names<ChatFilter>({ all: true, unread: true, groups: true }),
  'chatNotifications.level.*': names<Level>({ all: true, mentions: true, nothing: true }),
  'chatNotifications.sound.*': [...chatSounds],
  'diagnostics.*': ['versions', 'settings', 'connections', 'counts', 'log'],
  'proxy.mode.*': names<Proxy['mode']>({ system: true, manual: true, none: true }),
  'proxy.wrong.*': names<ProxyField>({ host: true, port: true, user: true, password: true }),
  'proxy.result.*': names<ProxyVerdict | 'testing' | 'saved'>({
    testing: true,
    saved: true,
    works: true,
    silent: true,
    denied: true,
    refused: true,
  }),
  'proxy.problem.*': names<Exclude<ProxyVerdict, 'works'>>({ silent: true, denied: true, refused: true }),
  'check.*': names<Exclude<Checklist['answer'], 'yes'>>({ quietly: true, no: true }),
  'check.because.*': names<Cause>({ ...reasons, permission: true, server: true }),
  'check.ok.*': links,
  'check.bad.*': links,
  'check.unknown.*': names<Unknowable>({
    permission: true,
    doNotDisturb: true,
    trayHost: true,
    badge: true,
    login: true,
    roundTrip: true,
  }),
  'check.fix.*': names<Fixable>({
    permission: true,
    off: true,
    paused: true,
    archived: true,
    muted: true,
    chatMentionsOnly: true,
    mentionsOnly: true,
    quietHours: true,
    soundOff: true,
    chatSilent: true,
    badge: true,
    login: true,
  }),
  'check.state.*': names<LinkState>({ ok: true, warning: true, quiet: true, broken: true, unknown: true }),
  'check.test.*': names<'shown' | 'failed'>({ shown: true, failed: true }),
  'conversation.infoProgress.*': names<MemberReceipt['progress']>({
    sent: true,
    delivered: true,
    read: true,
  }),
  'errors.*': names<AppErrorCode>({
    offline: true,
    badPhone: true,
    wrongCode: true,
    codeExpired: true,
    tooManyTries: true,
    verificationCancelled: true,
    quotaExceeded: true,
    accountDisabled: true,
    denied: true,
    storage: true,
    diskFull: true,
    unreadable: true,
    unexpected: true,
  }),
  'groups.policy.*': names<keyof Policy>({ post: true, edit: true, add: true }),
  'groups.role.*': names<Exclude<Role, 'member'>>({ owner: true, admin: true }),
  'event.named.*': named,
  'event.named.*ByYou': named,
  'event.people.*': ofPeople,
  'event.people.*ByYou': ofPeople,
  'event.plain.*': plain,
  'event.plain.*ByYou': plain,
  'invite.lifetime.*': names<Lifetime>({ never: true, day: true, week: true, month: true }),
  'invite.problem.*': names<InviteProblem>({
    unknown: true,
    revoked: true,
    expired: true,
    usedUp: true,
    full: true,
    removed: true,
  }),
  'player.failure.*': names<PlayerFailure>({
    denied: true,
    gone: true,
    damaged: true,
    offline: true,
    full: true,
    unplayable: true,
  }),
  'storage.kinds.*': [...fileKinds, 'other'],
  'storage.*': names<keyof Traffic>({ thisMonth: true, lastMonth: true }),
  'message.*': fileKinds,
  'mediaView.failure.*': names<TransferFailure>({
    denied: true,
    gone: true,
    damaged: true,
    offline: true,
    full: true,
  }),
  'mediaView.none.*': contents,
  'mediaView.tabs.*': contents,
  'shortcuts.*': shortcutNames,
  'shortcuts.groups.*': names<ShortcutGroup>({ navigate: true, chat: true, write: true }),
  'time.*': present,
  'voice.phase.*': names<VoicePhase>({
    starting: true,
    recording: true,
    paused: true,
    done: true,
    sending: true,
    failed: true,
  }),
  'camera.problem.*': names<CameraProblem>({
    denied: true,
    missing: true,
    busy: true,
    broken: true,
    unplugged: true,
  }),
  'voice.problem.*': names<VoiceProblem>({
    denied: true,
    missing: true,
    busy: true,
    broken: true,
    unplugged: true,
    limit: true,
    storage: true,
    unsent: true,
  }),
  'updates.none.*': [...NO_UPDATES],
  'updates.problem.*': [...UPDATE_PROBLEMS],
  'updates.wait.*': [...INSTALL_WAITS],
}

it('the catalogue has exactly the strings, plural forms and variables that the code uses', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/u.test(file) && !file.includes('.test.'))
    .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }))
  expect(catalogueProblems(en, { language: 'en', sources, builtKeys })).toEqual([])
})

describe('the check of the catalogue reports', () => {
  const check = (catalogue: Catalogue, text: string, built: BuiltKeys = {}): string[] =>
    catalogueProblems(catalogue, {
      language: 'en',
      sources: [{ file: 'a.tsx', text }],
      builtKeys: built,
    })

  it('nothing when all fits', () => {
    const catalogue = {
      a: {
        title: 'T',
        with: '{{name}}',
        items_one: 'An item',
        items_other: '{{count}} items',
        busy: 'B',
        x: 'X',
      },
    }
    const text = `
      const table = { busy: 'a.busy' } as const
      const b = <p title={t(ok ? 'a.title' : table.busy)}>{i18n.t('a.with', { name })}</p>
      t('a.items', { count: 2 })
      t(\`a.\${kind}\`)`
    expect(check(catalogue, text, { 'a.*': ['x'] })).toEqual([])
  })

  it('an unused string', () => {
    expect(check({ a: { b: 'B', c: 'C' } }, `t('a.b') // 'a.c'`)).toEqual(['a.c is not used'])
  })

  it('a missing key', () => {
    expect(check({ a: { b: 'B' } }, `t(ok ? 'a.b' : 'a.c')`)).toEqual(['a.tsx: a.c is not in the catalogue'])
  })

  it('missing and unknown plural forms', () => {
    expect(check({ a: { b_one: 'B' } }, `t('a.b', { count })`)).toEqual(['a.b has no plural form _other'])
    expect(check({ a: { b_one: 'B', b_few: 'B', b_other: 'B' } }, `t('a.b', { count })`)).toEqual([
      'a.b has the unknown plural form _few',
    ])
    expect(check({ a: { b: 'B', b_one: 'B', b_other: 'B' } }, `t('a.b')`)).toContain(
      'a.b has a text with and without plural forms',
    )
  })

  it('variables that the code does not pass', () => {
    const problem = 'a.tsx: a.b needs {{name}}, which the code does not pass'
    expect(check({ a: { b: '{{name}}' } }, `t('a.b')`)).toEqual([problem])
    expect(check({ a: { b: '{{name}}' } }, `const key = 'a.b'; t(key)`)).toEqual([problem])
    expect(check({ a: { b: '{{name}}' } }, 't(`a.${k}`)', { 'a.*': ['b'] })).toEqual([problem])
    expect(check({ a: { b_one: 'B', b_other: 'B' } }, `t('a.b')`)).toEqual([
      'a.tsx: a.b needs {{count}}, which the code does not pass',
    ])
  })

  it('variables that the text does not use', () => {
    expect(check({ a: { b: 'B' } }, `t('a.b', { name })`)).toEqual([
      'a.tsx: a.b does not use {{name}}, which the code passes',
    ])
    const plural = { b_one: '{{name}}', b_other: '{{count}}' }
    expect(check({ a: plural }, `t('a.b', { name, count })`)).toEqual([
      'a.tsx: a.b does not use {{name}} in each plural form',
    ])
  })

  it('variables that it cannot read', () => {
    expect(() => check({ a: { b: 'B' } }, `t('a.b', variables)`)).toThrow('not an object literal')
  })

  it('built keys that are not listed, not built or not in the catalogue', () => {
    expect(check({ a: { b: 'B' } }, "t(`a.${k}`); t('a.b')")).toEqual([
      'a.tsx: builds the key a.*, which is not listed',
    ])
    expect(check({ a: { b: 'B' } }, `t('a.b')`, { 'a.*': ['b'] })).toEqual([
      'a.* is listed, but no code builds it',
    ])
    expect(check({ a: { b: 'B' } }, 't(`a.${k}`)', { 'a.*': ['b', 'c'] })).toEqual([
      'a.tsx: a.c is not in the catalogue',
    ])
  })
})
