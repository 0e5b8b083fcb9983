import type { LockState } from '#shared/bridge/lock.ts'
import { defaultPrivacy } from '#shared/domain/account.ts'
import { MUTED_FOREVER, type Chat } from '#shared/domain/chat.ts'
import { directChatId, phoneSchema, userIdSchema, type ChatId, type UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import { activity as activityOf, message as makeMessage, photo } from '#shared/domain/test-data.ts'
import type { UpdateState } from '#shared/bridge/updates.ts'
import { defaultSettings } from '#shared/settings.ts'
import {
  emptyConversation,
  initialState,
  type AppState,
  type Navigation,
} from '../../../../src/renderer/stores/app-store.ts'
import { galleryInvite, type GalleryLink } from '../fake-invites.ts'
import {
  BEN_PHOTO,
  GARDEN_PHOTO,
  GROUP_ID,
  listedChat,
  listedGroup,
  ME,
  MY_PHONE,
  person,
} from '../people.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const user = (name: string): UserId => userIdSchema.parse(name)
const nav = (patch: Partial<Navigation>): Navigation => ({ ...initialState.navigation, ...patch })

const withPin: LockState = { hasPin: true, locked: false, waitMs: 0, touchId: false }

function ready(patch: Partial<AppState> = {}): Partial<AppState> {
  return {
    session: { phase: 'ready', me: ME, phone: MY_PHONE },
    connection: 'online',
    settings: defaultSettings,
    account: {
      profile: { displayName: 'Mira Santos', about: 'Out on the water' },
      privacy: defaultPrivacy,
      photo: null,
    },
    replicaLoaded: true,
    firstSyncDone: true,
    ...patch,
  }
}

interface Cast {
  chats: Map<ChatId, Chat>
  people: Map<UserId, Person>
  activities: Map<ChatId, Activity[]>
  presences: AppState['presences']
}

function activity(peer: UserId, ago: { delivered: number; read: number } | null, typing = false): Activity {
  const now = Date.now()
  return activityOf(peer, {
    chatId: directChatId(ME, peer),
    deliveredAt: ago === null ? null : now - ago.delivered,
    readAt: ago === null ? null : now - ago.read,
    typingUntil: typing ? now + DAY : null,
    updatedAt: now,
  })
}

/** Typical people and chats, with each kind of row at least once. */
function everyday(): Cast {
  const cast: Cast = { chats: new Map(), people: new Map(), activities: new Map(), presences: new Map() }
  const add = (
    id: string,
    name: string,
    options: Parameters<typeof listedChat>[1],
    about: Partial<Person> = {},
    seen: Activity | null = null,
  ): void => {
    const peer = user(id)
    const chat = listedChat(peer, options)
    cast.chats.set(chat.id, chat)
    cast.people.set(peer, person(peer, name, about))
    if (seen !== null) cast.activities.set(chat.id, [seen])
  }
  const contact = (contactName: string, digits: string): Partial<Person> => ({
    contactName,
    phone: phoneSchema.parse(`+1650555${digits}`),
  })
  add(
    'ana',
    'Ana Duarte',
    { preview: 'See you at the pier at nine', ago: 2 * MINUTE, unread: 2 },
    contact('Ana', '3401'),
  )
  add(
    'ben',
    'Ben Okafor',
    { ago: 5 * MINUTE },
    contact('Ben Okafor', '3402'),
    activity(user('ben'), null, true),
  )
  add(
    'chen',
    'Chen Wei',
    { preview: 'Sounds good!', ago: 24 * MINUTE, own: true },
    {},
    activity(user('chen'), { delivered: 0, read: 0 }),
  )
  add('dina', 'Dina Rahimi', { ago: 70 * MINUTE, draft: 'About the tickets: shall I', unread: 0 })
  add(
    'emil',
    'Emil Novák',
    {
      preview: 'The photos from last summer are finally sorted, I will bring them',
      ago: 3 * HOUR,
      own: true,
    },
    contact('Emil Novák', '3405'),
    activity(user('emil'), { delivered: 0, read: DAY }),
  )
  add('fatou', 'Fatou Diallo', {
    preview: 'Thank you 🙏🏾',
    ago: DAY,
    state: { mutedUntil: MUTED_FOREVER },
    unread: 12,
  })
  add('gil', 'Gil', { preview: 'ok', ago: DAY + HOUR, own: true, delivery: 'queued' })
  add(
    'hana',
    'Hana Sato',
    { preview: '明日の件、了解しました', ago: 2 * DAY, state: { markedUnread: true } },
    contact('Hana from work', '3408'),
  )
  add('ivo', 'Ivo Petrov', { body: null, ago: 3 * DAY })
  add('jun', 'Jun', { body: { kind: 'unknown', of: 'poll' }, ago: 4 * DAY })
  add('kai', 'Kai Lindqvist', {
    preview: 'I could not send this one',
    ago: 5 * DAY,
    own: true,
    delivery: 'failed',
  })
  add('lea', 'ليلى حداد', { preview: 'سأصل بعد عشر دقائق تقريبًا', ago: 9 * DAY })
  add(
    'mom',
    'Teresa Santos',
    { preview: 'Call me when you are home', ago: 6 * HOUR, state: { pinned: true } },
    contact('Mom', '3413'),
  )
  add(
    'noa',
    '',
    { preview: 'Hi, I got your number from Ben', ago: 40 * DAY },
    { phone: phoneSchema.parse('+442079460958') },
  )
  add('old', 'Old Landlord', {
    preview: 'The deposit has been paid back',
    ago: 400 * DAY,
    state: { archived: true },
  })
  cast.presences = new Map([
    [user('ana'), { state: 'online', lastActiveAt: Date.now() }],
    [user('ben'), { state: 'online', lastActiveAt: Date.now() }],
    [user('chen'), { state: 'away', lastActiveAt: Date.now() }],
    [user('emil'), { state: 'offline', lastActiveAt: Date.now() - 2 * HOUR }],
  ])
  return cast
}

/** Names and messages that other people could use to break the layout of a list. */
function hostile(): Cast {
  const names = [
    '\u202Egnp.exe\u202C Admin',
    `Z${'\u0336\u0310\u0489'.repeat(3333)}`,
    'W'.repeat(5000),
    '👨‍👩‍👧‍👦'.repeat(600),
    '\u200B\u200B',
    '\u3164',
    '\n\n\n\nlines',
    '<b>bold</b><img src=x onerror=alert(1)>',
    '\uD800 lone \uDFFF',
    '﷽'.repeat(40),
    '\u0000\u0007\u001B[31mred',
    'الاسم'.repeat(200),
  ]
  const cast: Cast = { chats: new Map(), people: new Map(), activities: new Map(), presences: new Map() }
  for (const [index, name] of names.entries()) {
    const peer = user(`hostile${index}`)
    const chat = listedChat(peer, {
      preview: name,
      ago: index * HOUR,
      unread: index === 0 ? 2_000_000_000 : 0,
    })
    cast.chats.set(chat.id, index === 1 ? { ...chat, messageCount: 2_000_000_000 } : chat)
    cast.people.set(peer, person(peer, name, { about: name }))
  }
  return cast
}

function crowd(count: number): Cast {
  const given = ['Ana', 'Ben', 'Chen', 'Dina', 'Emil', 'Fatou', 'Gil', 'Hana', 'Ivo', 'Jun']
  const family = [
    'Abe',
    'Berg',
    'Costa',
    'Diallo',
    'Eriksen',
    'Fischer',
    'García',
    'Haddad',
    'Ito',
    'Jansen',
    'Kim',
  ]
  const cast: Cast = { chats: new Map(), people: new Map(), activities: new Map(), presences: new Map() }
  for (let index = 0; index < count; index += 1) {
    const peer = user(`crowd${index}`)
    const chat = listedChat(peer, {
      preview: `Message number ${index}`,
      ago: index * 47 * MINUTE,
      own: index % 3 === 0,
      unread: index % 7 === 0 && index % 3 !== 0 ? index % 20 : 0,
    })
    cast.chats.set(chat.id, chat)
    cast.people.set(peer, person(peer, `${given[index % 10] ?? ''} ${family[index % 11] ?? ''} ${index}`))
  }
  return cast
}

const withDetails = (patch: Partial<AppState> = {}, id = 'emil'): Partial<AppState> =>
  ready({
    ...everyday(),
    navigation: nav({ openChatId: directChatId(ME, user(id)), detailsOpen: true }),
    conversation: {
      ...emptyConversation,
      chatId: directChatId(ME, user(id)),
      status: 'ready',
    },
    ...patch,
  })

/** The everyday chats and an open group with its details. */
function withGroup(role: Parameters<typeof listedGroup>[1], patch: Partial<Chat> = {}): Partial<AppState> {
  const cast = everyday()
  const others = [...cast.people.keys()].filter((id) => id !== ME).slice(0, 12)
  const group = listedGroup(others, role, patch)
  return ready({
    ...cast,
    chats: new Map(cast.chats).set(group.id, group),
    navigation: nav({ openChatId: group.id, detailsOpen: true }),
    conversation: { ...emptyConversation, chatId: group.id, status: 'ready' },
  })
}

/** A group of this person and many others, who are online, away or neither. */
function manyMembers(count: number): Partial<AppState> {
  const { people, ...cast } = crowd(count - 1)
  const ids = [...people.keys()]
  const group = listedGroup(ids, 'owner')
  const presences: AppState['presences'] = new Map(
    ids.map((id, index) => [
      id,
      { state: index % 3 === 0 ? 'online' : 'offline', lastActiveAt: Date.now() - index * MINUTE },
    ]),
  )
  return ready({
    ...cast,
    people,
    presences,
    chats: new Map([[group.id, group]]),
    navigation: nav({ openChatId: group.id, detailsOpen: true }),
    conversation: { ...emptyConversation, chatId: group.id, status: 'ready' },
  })
}

/** The everyday chats and a group, where some people and the group have photos. */
function withPhotos(patch: Partial<AppState> = {}): Partial<AppState> {
  const cast = everyday()
  const faces = [photo, BEN_PHOTO]
  const ids = [...cast.people.keys()].filter((id) => id !== ME)
  const people = new Map(cast.people)
  for (const [index, id] of ids.entries()) {
    const person = people.get(id)
    const face = faces[index % 3]
    if (person !== undefined && face !== undefined) people.set(id, { ...person, photo: face })
  }
  const group = listedGroup(ids.slice(0, 12), 'owner')
  const pictured = { ...group, group: group.group && { ...group.group, photo: GARDEN_PHOTO } }
  return ready({
    ...cast,
    people,
    chats: new Map(cast.chats).set(group.id, pictured),
    account: {
      profile: { displayName: 'Mira Santos', about: 'Out on the water' },
      privacy: defaultPrivacy,
      photo: BEN_PHOTO,
    },
    ...patch,
  })
}

/** The same with the details of a chat. */
function photoDetails(chatId: ChatId): Partial<AppState> {
  return withPhotos({
    navigation: nav({ openChatId: chatId, detailsOpen: true }),
    conversation: { ...emptyConversation, chatId, status: 'ready' },
  })
}

function blockedPeople(ids = ['emil', 'noa']): Map<UserId, Person> {
  const people = everyday().people
  for (const id of ids) {
    const current = people.get(user(id))
    if (current !== undefined) people.set(current.id, { ...current, blocked: true })
  }
  return people
}

/** States of the store for everything except the conversation. */
/** The dialog of a link to a group. */
function withLink(link: GalleryLink): Partial<AppState> {
  return ready({ ...everyday(), navigation: nav({ invite: galleryInvite(link) }) })
}

const about = (updates: UpdateState): Partial<AppState> =>
  ready({ ...everyday(), updates, navigation: nav({ pane: 'settings', settingsSection: 'about' }) })

export const appScenarios = {
  starting: () => ({}),
  'signed-out': () => ({ session: { phase: 'signedOut' } }),
  name: () => ({ session: { phase: 'needsProfile', me: ME, phone: MY_PHONE } }),
  broken: () => ({ session: { phase: 'broken', message: 'the store failed: SQLITE_FULL' } }),
  'first-sync': () => ready({ firstSyncDone: false, connection: 'connecting' }),
  empty: () => ready(),
  'empty-turned-off': () =>
    ready({ settings: { ...defaultSettings, notifyAbout: 'nothing', closeToTray: false } }),
  'empty-hostile': () =>
    ready({
      account: {
        profile: { displayName: 'W'.repeat(5000), about: '' },
        privacy: defaultPrivacy,
        photo: null,
      },
    }),
  'empty-hidden': () => ready({ settings: { ...defaultSettings, firstRunHidden: true } }),
  chats: () => ready(everyday()),
  'chats-archived-unread': () => {
    const archived = listedChat(user('old'), { unread: 3, ago: 400 * DAY, state: { archived: true } })
    const { chats, ...cast } = everyday()
    return ready({ ...cast, chats: new Map(chats).set(archived.id, archived) })
  },
  'chats-hostile': () => ready(hostile()),
  'chats-500': () => ready(crowd(500)),
  offline: () => ready({ ...everyday(), connection: 'offline' }),
  connecting: () => ready({ ...everyday(), connection: 'connecting' }),
  slow: () => ready({ ...everyday(), connection: 'slow' }),
  'set-aside': () =>
    ready({ ...everyday(), setAside: { reason: 'corrupt', file: 'perch-me.corrupt-1.sqlite' } }),
  'new-chat': () => ready({ ...everyday(), navigation: nav({ pane: 'newChat' }) }),
  'new-chat-empty': () => ready({ navigation: nav({ pane: 'newChat' }) }),
  'new-chat-found': () =>
    ready({
      ...everyday(),
      navigation: nav({ pane: 'newChat', lookupPhone: phoneSchema.parse('+16505553434') }),
    }),
  'new-chat-not-found': () =>
    ready({
      ...everyday(),
      navigation: nav({ pane: 'newChat', lookupPhone: phoneSchema.parse('+4915112345678') }),
    }),
  settings: () => ready({ ...everyday(), navigation: nav({ pane: 'settings' }) }),
  'settings-paused': () =>
    ready({
      ...everyday(),
      settings: { ...defaultSettings, mutedUntil: Date.now() + HOUR },
      navigation: nav({ pane: 'settings' }),
    }),
  'settings-quiet': () =>
    ready({
      ...everyday(),
      settings: {
        ...defaultSettings,
        notifyAbout: 'nothing',
        quietHours: { ...defaultSettings.quietHours, enabled: true, days: [1, 2, 3, 4, 5] },
      },
      connection: 'offline',
      navigation: nav({ pane: 'settings' }),
    }),
  'settings-general': () =>
    ready({ ...everyday(), navigation: nav({ pane: 'settings', settingsSection: 'general' }) }),
  'settings-general-own': () =>
    ready({
      ...everyday(),
      settings: {
        ...defaultSettings,
        mutedUntil: MUTED_FOREVER,
        globalShortcut: 'Control+Alt+T',
        spellcheckLanguages: ['de', 'pt-BR'],
        zoom: 110,
      },
      navigation: nav({ pane: 'settings', settingsSection: 'general' }),
    }),
  'settings-storage': () =>
    ready({ ...everyday(), navigation: nav({ pane: 'settings', settingsSection: 'storage' }) }),
  'settings-storage-empty': () =>
    ready({ navigation: nav({ pane: 'settings', settingsSection: 'storage' }) }),
  'settings-network': () =>
    ready({
      ...everyday(),
      settings: {
        ...defaultSettings,
        proxy: { mode: 'manual', kind: 'http', host: 'proxy.example.org', port: 3128, user: 'ada' },
      },
      navigation: nav({ pane: 'settings', settingsSection: 'network' }),
    }),
  'proxy-down': () =>
    ready({
      ...everyday(),
      connection: 'offline',
      settings: {
        ...defaultSettings,
        proxy: { mode: 'manual', kind: 'socks5', host: '2001:db8::1', port: 1080 },
      },
    }),
  'settings-about': () =>
    ready({ ...everyday(), navigation: nav({ pane: 'settings', settingsSection: 'about' }) }),
  'about-update-ready': () =>
    about({ state: 'ready', version: '0.2.0', notes: '• Calmer notifications\n• <b>Faster</b> start' }),
  'about-update-refused': () => about({ state: 'failed', problem: 'signature' }),
  'update-ready': () => ready({ ...everyday(), updates: { state: 'ready', version: '0.2.0', notes: '' } }),
  'settings-profile': () =>
    ready({ ...everyday(), navigation: nav({ pane: 'settings', settingsSection: 'profile' }) }),
  'photo-list': () => withPhotos(),
  'photo-details': () => photoDetails(directChatId(ME, user('ana'))),
  'photo-group': () => photoDetails(GROUP_ID),
  'photo-profile': () => withPhotos({ navigation: nav({ pane: 'settings', settingsSection: 'profile' }) }),
  'settings-lock': () =>
    ready({
      ...everyday(),
      lock: { ...withPin, touchId: true },
      navigation: nav({ pane: 'settings', settingsSection: 'privacy' }),
    }),
  locked: () => ready({ ...everyday(), lock: { ...withPin, locked: true } }),
  'locked-wait': () => ready({ ...everyday(), lock: { ...withPin, locked: true, waitMs: 14 * 60_000 } }),
  'locked-touch-id': () =>
    ready({
      ...everyday(),
      settings: { ...defaultSettings, unlockByTouchId: true },
      lock: { ...withPin, locked: true, touchId: true },
    }),
  'settings-blocked': () =>
    ready({
      ...everyday(),
      people: blockedPeople(),
      navigation: nav({ pane: 'settings', settingsSection: 'privacy' }),
    }),
  'new-group': () => ready({ ...everyday(), navigation: nav({ pane: 'newGroup' }) }),
  'join-open': () => withLink('open'),
  'join-approve': () => withLink('approve'),
  'join-asked': () => withLink('asked'),
  'join-revoked': () => withLink('revoked'),
  'join-hostile': () => withLink('hostile'),
  forward: () =>
    ready({
      ...everyday(),
      navigation: nav({
        forwarded: makeMessage(1, ME, { body: { kind: 'text', text: 'The gate opens at nine.' } }),
      }),
    }),
  'group-owner': () => withGroup('owner'),
  'group-admin': () => withGroup('admin'),
  'group-member': () => withGroup('member', { title: 'مجموعة الحديقة خلف المدرسة القديمة' }),
  'group-former': () => withGroup('former'),
  'group-256': () => manyMembers(256),
  'chats-unread': () => ready({ ...everyday(), navigation: nav({ chatFilter: 'unread' }) }),
  'chats-no-groups': () => ready({ ...everyday(), navigation: nav({ chatFilter: 'groups' }) }),
  details: () => withDetails(),
  'details-arabic': () => withDetails({}, 'lea'),
  'details-blocked': () => withDetails({ people: blockedPeople() }),
  'details-blocked-online': () => withDetails({ people: blockedPeople(['ana']) }, 'ana'),
  'details-unknown': () => withDetails({ people: new Map() }),
  'details-hostile': () =>
    ready({
      ...hostile(),
      navigation: nav({ openChatId: directChatId(ME, user('hostile2')), detailsOpen: true }),
    }),
} satisfies Record<string, () => Partial<AppState>>
