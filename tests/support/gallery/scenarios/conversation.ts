import { defaultPrivacy } from '#shared/domain/account.ts'
import { type Chat, MUTED_FOREVER } from '#shared/domain/chat.ts'
import { phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import {
  activity as activityOf,
  ada,
  chatId,
  chatState,
  emptyChat,
  me,
  message,
  messageId,
  personNamed,
  queued,
} from '#shared/domain/test-data.ts'
import { defaultSettings } from '#shared/settings.ts'
import {
  emptyConversation,
  initialState,
  type AppState,
  type ConversationState,
} from '../../../../src/renderer/stores/app-store.ts'
import { keysOf, withMessages } from '../../../../src/renderer/stores/messages.ts'

const phone = phoneSchema.parse('+15550100')

export const MINUTE = 60_000
/** Noon of today, so that every shot has the same day separators and times. */
export const NOON = new Date().setHours(12, 0, 0, 0)

/** Returns message number `n`, sent at `sentAt`. The id contains `n`. */
export function makeMessage(n: number, from: UserId, sentAt: number, patch: Partial<Message> = {}): Message {
  return message(n, from, { sentAt, updatedAt: sentAt, ...text(`Message ${n}`), ...patch })
}

export const text = (value: string): { body: MessageBody } => ({ body: { kind: 'text', text: value } })

const WORDS =
  'the lake was calm and we had bread for lunch while nobody spoke of trains or weather at all today'.split(
    ' ',
  )

/** Returns a long chat of plain texts of different lengths, four minutes apart up to noon. */
export function longChat(count: number): Message[] {
  return Array.from({ length: count }, (_, n) => {
    const length = 2 + ((n * 7919) % 37)
    const words = Array.from({ length }, (__, word) => WORDS[(n * 31 + word * 7) % WORDS.length])
    const from = Math.floor(n / 3) % 2 === 0 ? ada : me
    return makeMessage(n, from, NOON - (count - n) * 4 * MINUTE, text(`${n}: ${words.join(' ')}`))
  })
}

function mixed(): Message[] {
  const day = 24 * 60 * MINUTE
  let n = 0
  const add = (from: UserId, ago: number, body: string, patch: Partial<Message> = {}): Message =>
    makeMessage((n += 1), from, NOON - ago, { ...text(body), ...patch })
  return [
    add(ada, 9 * day, 'Hi! Is this the right number for the garden club?'),
    add(me, 9 * day - MINUTE, 'It is. Welcome!'),
    add(
      ada,
      2 * day,
      'Here is the plan for *Saturday*:\n1. Meet at _nine_\n2. Bring gloves\n3. ~Rain date~ no rain date',
    ),
    add(ada, 2 * day - MINUTE, '> Bring gloves\nWhich ones?'),
    add(me, 2 * day - 20 * MINUTE, 'The *thick* ones. Also:\n- a spade\n- water\n- `sunscreen --spf 50`'),
    add(me, 2 * day - 21 * MINUTE, '```\nbed  width  plants\nA    1.2 m  tomato\nB    0.8 m  basil\n```'),
    add(ada, day, 'Map: https://example.org/maps/garden?gate=north&walk=12 and mail me at ada@example.org'),
    add(ada, day - MINUTE, '👍🏽'),
    add(me, day - MINUTE, '🎉🌻🚲'),
    add(ada, day - 2 * MINUTE, '\n\n  \nBlank lines\n\n\n\naround and inside\n\n'),
    add(ada, day - 2 * MINUTE, '\u200B \u3164'),
    add(ada, day - 2 * MINUTE, '', { body: null, deletedAt: NOON - day }),
    add(me, day - 3 * MINUTE, '', { body: null, deletedAt: NOON - day }),
    add(ada, day - 30 * MINUTE, '', { body: { kind: 'unknown', of: 'poll' } }),
    add(ada, 90 * MINUTE, 'مرحبا، هل تأتي يوم السبت؟ سنبدأ في التاسعة صباحًا ونأكل معًا عند الظهر.'),
    add(me, 80 * MINUTE, 'Yes', { editedAt: NOON - 79 * MINUTE }),
    add(
      me,
      79 * MINUTE,
      'I will be there a little earlier to open the gate, so come whenever you like after half past eight.',
    ),
    add(ada, 60 * MINUTE, 'Great, see you then'),
    add(me, 40 * MINUTE, 'Read by her'),
    add(me, 20 * MINUTE, 'Delivered only'),
    add(me, 2 * MINUTE, 'Sent only'),
    add(me, 0, 'Could not be sent', {
      sentAt: null,
      updatedAt: null,
      delivery: 'failed',
      failure: 'invalid',
    }),
    add(me, 0, 'Still on its way', queued),
  ]
}

function hostile(): Message[] {
  const add = (n: number, body: string): Message => makeMessage(n, ada, NOON - (40 - n) * MINUTE, text(body))
  return [
    add(1, 'x'.repeat(4096)),
    add(2, '\u202Ereversed by an override \u2066and isolated'),
    add(3, `Z${'\u0336\u0310\u0489'.repeat(1300)} piled`),
    add(4, '*_~`'.repeat(1024)),
    add(5, '\n'.repeat(3000) + 'end'),
    add(6, '<img src=x onerror="document.title=1"><script>alert(1)</script> &amp; &#x202E;'),
    add(7, 'https://раураl.com/login javascript:alert(1) https://example.org\u202E/moc.elgoog'),
    add(8, '﷽'.repeat(60)),
    add(9, '> '.repeat(500)),
    add(10, Array.from({ length: 200 }, (_, n) => `${n}. item *${n}*`).join('\n')),
    add(11, '👨‍👩‍👧‍👦'.repeat(300)),
    makeMessage(12, ada, NOON - MINUTE, { body: { kind: 'unknown', of: 'x'.repeat(32) } }),
    add(13, '\u200B'),
    add(14, `http://${'xn--a.'.repeat(10)}xn--a_ `.repeat(55)),
    add(15, 'The last one is harmless.'),
  ]
}

function chatOf(messages: readonly Message[], patch: Partial<Chat> = {}): Chat {
  return emptyChat(ada, {
    messageCount: messages.length,
    createdAt: NOON,
    updatedAt: NOON,
    state: chatState(chatId, { readCount: messages.length, readAt: NOON }),
    ...patch,
  })
}

const peer = personNamed('Ada', { displayName: 'Ada Lovelace', profileFetchedAt: NOON, phone })

const activity = (deliveredAt: number, readAt: number, typingUntil: number | null = null): Activity =>
  activityOf(ada, { deliveredAt, readAt, typingUntil, updatedAt: NOON })

interface Preset {
  messages?: Message[]
  conversation?: Partial<ConversationState>
  chat?: Partial<Chat>
  person?: Partial<Person>
  activity?: Activity
  state?: Partial<AppState>
}

export function preset({
  messages = [],
  conversation,
  chat,
  person,
  activity: theirs,
  state,
}: Preset): Partial<AppState> {
  const sorted = messages.toSorted(compareMessages)
  return {
    session: { phase: 'ready', me, phone },
    connection: 'online',
    settings: defaultSettings,
    replicaLoaded: true,
    firstSyncDone: true,
    chats: new Map([[chatId, chatOf(sorted, chat)]]),
    people: new Map([[ada, { ...peer, ...person }]]),
    activities: new Map([[chatId, [theirs ?? activity(NOON, NOON)]]]),
    presences: new Map([[ada, { state: 'online', lastActiveAt: Date.now() }]]),
    navigation: { ...initialState.navigation, openChatId: chatId, timesOpened: 1 },
    messages: withMessages(new Map(), sorted),
    conversation: {
      ...emptyConversation,
      chatId,
      keys: keysOf(sorted),
      status: 'ready',
      ...conversation,
    },
    ...state,
  }
}

type EventFields = EventBody extends infer E ? (E extends EventBody ? Omit<E, 'kind'> : never) : never

const ben = userIdSchema.parse('ben')
const groupOf = (ownerId: UserId): NonNullable<Chat['group']> => ({
  ownerId,
  adminIds: [ownerId],
  bannedIds: [],
  description: '',
  photo: null,
  policy: { post: 'all', edit: 'all', add: 'all' },
})

/** A group of Ada, Ben and the reader, with events and texts. */
function group(chat: Partial<Chat> = {}): Partial<AppState> {
  const at = (n: number, from: UserId, body: MessageBody, patch: Partial<Message> = {}): Message =>
    makeMessage(n, from, NOON - (60 - n) * MINUTE, { body, ...patch })
  const state = preset({
    chat: { kind: 'group', title: 'Garden club', group: groupOf(ada), memberIds: [ada, ben, me], ...chat },
    messages: [
      at(1, ada, { kind: 'event', event: 'created', uids: [me], title: 'Garden' }),
      at(2, ada, { kind: 'event', event: 'added', uids: [ben] }),
      at(3, ben, {
        kind: 'text',
        text: 'Hello everyone! The beans are up, and the peas too, all of them, since this morning.',
      }),
      at(4, ben, { kind: 'text', text: 'Who waters on Sunday?' }),
      at(5, ada, { kind: 'text', text: '🌱' }),
      at(6, me, { kind: 'event', event: 'renamed', title: 'Garden club' }),
      at(7, me, { kind: 'text', text: 'I do' }),
      at(8, ada, { kind: 'text', text: 'Thank you!' }),
      at(
        9,
        me,
        { kind: 'event', event: 'removed', uids: [ben] },
        { ...queued, delivery: 'failed', failure: 'denied' },
      ),
    ],
  })
  return {
    ...state,
    people: new Map([
      ...(state.people ?? []),
      [ben, personNamed('ben', { displayName: 'Ben Okafor', profileFetchedAt: NOON })],
    ]),
  }
}

/** A group after many changes, some of which could not be made. Ben is blocked. */
function busyGroup(): Partial<AppState> {
  const others = ['cleo', 'dana', 'eve', 'finn'].map((name) => personNamed(name))
  const [cleo, dana, eve, finn] = others.map(({ id }) => id)
  if (cleo === undefined || dana === undefined || eve === undefined || finn === undefined)
    throw new Error('There are four others.')
  const event = (n: number, from: UserId, body: EventFields, patch: Partial<Message> = {}): Message =>
    makeMessage(n, from, NOON - (60 - n) * MINUTE, { body: { kind: 'event', ...body }, ...patch })
  const says = (n: number, from: UserId, value: string): Message =>
    makeMessage(n, from, NOON - (60 - n) * MINUTE, text(value))
  const failed = { ...queued, delivery: 'failed', failure: 'denied' } as const
  const state = group({ group: groupOf(me), memberIds: [me, ada, ben, cleo, dana] })
  const messages = [
    event(1, me, { event: 'created', uids: [ada], title: 'Garden' }),
    event(2, me, { event: 'added', uids: [ben, cleo] }),
    event(3, me, { event: 'added', uids: [dana] }),
    event(4, me, { event: 'renamed', title: 'Garden club' }),
    says(5, ada, 'Hello everyone!'),
    says(6, ben, 'Buy my beans, the best beans there are'),
    says(7, ben, 'They are cheap'),
    says(8, me, 'Who waters on Sunday?'),
    event(9, ada, { event: 'added', uids: [cleo] }),
    event(10, ada, { event: 'added', uids: [dana] }),
    event(11, me, { event: 'added', uids: [eve] }, failed),
    event(12, me, { event: 'added', uids: [finn, eve] }, { ...failed, seq: 12 }),
  ]
  const people = [...others, personNamed('Ben', { displayName: 'Ben Okafor', blocked: true })]
  return {
    ...state,
    people: new Map([...(state.people ?? []), ...people.map((one) => [one.id, one] as const)]),
    messages: withMessages(new Map(), messages),
    conversation: { ...emptyConversation, chatId, keys: keysOf(messages), status: 'ready' },
  }
}

/** A group in which Ada has read the newest message, Ben has only received it, and Cleo, whose name is not known, neither. */
function groupReceipts(typing: readonly UserId[], patch: Partial<AppState> = {}): Partial<AppState> {
  const cleo = userIdSchema.parse('cleo')
  const open = group({ memberIds: [ada, ben, cleo, me] })
  const newest = makeMessage(20, me, NOON, text('The water butt is full again, so please use it first.'))
  const shown = [...(open.messages?.values() ?? []), newest].filter(({ delivery }) => delivery === 'sent')
  const at = NOON + 2 * MINUTE
  const marks = [
    activityOf(ada, { deliveredAt: NOON, readAt: NOON, updatedAt: at }),
    activityOf(ben, { deliveredAt: NOON, readAt: NOON - MINUTE, updatedAt: at }),
    activityOf(cleo, { deliveredAt: NOON - MINUTE, updatedAt: at }),
  ]
  return {
    ...open,
    messages: withMessages(new Map(), shown),
    conversation: { ...emptyConversation, chatId, keys: keysOf(shown), status: 'ready' },
    activities: new Map([
      [
        chatId,
        marks.map((mark) => ({
          ...mark,
          typingUntil: typing.includes(mark.userId) ? Date.now() + 3_600_000 : null,
        })),
      ],
    ]),
    ...patch,
  }
}

/** A muted group of the reader with mentions: of Ada, whom the reader calls otherwise, of the reader and of everyone. */
function mentions(): Partial<AppState> {
  const at = (n: number, from: UserId, value: string, mentioned?: string): Message =>
    makeMessage(n, from, NOON - (60 - n) * MINUTE, {
      body: { kind: 'text', text: value, mentions: mentioned },
    })
  const state = preset({
    person: { contactName: 'Countess' },
    chat: {
      kind: 'group',
      title: 'Garden club',
      group: groupOf(me),
      memberIds: [me, ada, ben],
      mentioned: true,
      state: chatState(chatId, { readCount: 2, readAt: NOON - 58 * MINUTE, mutedUntil: MUTED_FOREVER }),
    },
    conversation: { firstUnreadId: messageId(3) },
    messages: [
      at(1, me, '@Ada Lovelace and @everyone: who has the key?', 'ada:0:13 *:18:9'),
      at(2, ben, '*@Ada Lovelace* has it, ask https://example.org/@Mira', 'ada:1:13'),
      at(3, ada, '@Mira Santos can you water on Sunday?', 'me:0:12'),
      ...Array.from({ length: 30 }, (_, n) => at(4 + n, ben, 'I am away until Monday.')),
      at(
        40,
        ben,
        '- `@Mira Santos` in code\n- _@everyone_ in a list\n- @Stranger',
        'me:3:12 *:28:9 zoe:51:9',
      ),
      at(41, ada, 'مرحبا @Mira Santos، شكرا', 'me:6:12'),
      at(42, ben, '@Mira Santos', 'me:0:12'),
    ],
  })
  return {
    ...state,
    account: {
      profile: { displayName: 'Mira Santos', about: '' },
      privacy: defaultPrivacy,
      photo: null,
    },
    people: new Map([
      ...(state.people ?? []),
      [ben, personNamed('ben', { displayName: 'Bén Okafor', profileFetchedAt: NOON })],
    ]),
  }
}

/** States of the store for every state of the conversation. */
export const conversationScenarios = {
  'conversation-none': () =>
    preset({
      state: {
        conversation: null,
        navigation: initialState.navigation,
      },
    }),
  'conversation-first': () => preset({ chat: { onWire: false } }),
  'conversation-first-blocked': () => preset({ chat: { onWire: false }, person: { blocked: true } }),
  'conversation-first-unnamed': () =>
    preset({ chat: { onWire: false }, person: { displayName: '', phone: null, profileFetchedAt: 0 } }),
  'conversation-mixed': () =>
    preset({ messages: mixed(), activity: activity(NOON - 20 * MINUTE, NOON - 40 * MINUTE) }),
  'conversation-typing': () =>
    preset({ messages: longChat(12), activity: activity(NOON, NOON, Date.now() + 3_600_000) }),
  'conversation-unread': () =>
    preset({ messages: longChat(60), conversation: { firstUnreadId: messageId(48) } }),
  'conversation-hostile': () =>
    preset({
      messages: hostile(),
      person: { displayName: `\u202E${'\u0336'.repeat(30)}evil name that goes on, on` },
    }),
  'conversation-offline': () =>
    preset({
      messages: [
        ...longChat(8),
        ...['First in the queue', 'Second', 'Third'].map((body, n) =>
          makeMessage(100 + n, me, NOON, { ...text(body), ...queued }),
        ),
      ],
      state: {
        connection: 'offline',
        presences: new Map([[ada, { state: 'offline', lastActiveAt: NOON - 90 * MINUTE }]]),
      },
    }),
  'conversation-connecting': () => preset({ messages: longChat(8), state: { connection: 'connecting' } }),
  'conversation-saving': () =>
    preset({
      messages: [...longChat(8), makeMessage(100, me, NOON, { ...text('On the disk'), ...queued })],
      state: {
        saving: ['Not on the disk yet', 'Nor is this'].map((body, n) =>
          makeMessage(101 + n, me, NOON, { ...text(body), ...queued }),
        ),
      },
    }),
  'conversation-failed': () =>
    preset({
      messages: [
        ...longChat(6),
        makeMessage(101, me, NOON, {
          ...text('They blocked me'),
          ...queued,
          delivery: 'failed',
          failure: 'denied',
        }),
      ],
    }),
  'conversation-blocked': () => preset({ messages: longChat(10), person: { blocked: true } }),
  'conversation-draft': () =>
    preset({ messages: longChat(10), chat: { draft: 'A long draft. '.repeat(280) } }),
  'conversation-loading-older': () =>
    preset({ messages: longChat(6), conversation: { hasOlder: true, loadingOlder: true } }),
  'conversation-older-failed': () =>
    preset({ messages: longChat(6), conversation: { hasOlder: true, olderFailed: true } }),
  'conversation-older': () =>
    preset({ messages: longChat(200).slice(150), conversation: { hasOlder: true } }),
  'conversation-group': () => group(),
  'conversation-group-busy': () => busyGroup(),
  'conversation-group-mentions': mentions,
  'conversation-group-former': () => group({ former: true, memberIds: [ada] }),
  'conversation-group-admins-only': () =>
    group({ group: { ...groupOf(ada), policy: { post: 'admins', edit: 'all', add: 'all' } } }),
  'conversation-group-typing': () => groupReceipts([ada, ben]),
  'conversation-group-receipts': () => groupReceipts([]),
  'conversation-group-receipts-offline': () => groupReceipts([], { connection: 'offline' }),
  'conversation-10000': () =>
    preset({
      messages: longChat(10_000),
      chat: { state: { ...chatOf([]).state, mutedUntil: MUTED_FOREVER } },
    }),
} satisfies Record<string, () => Partial<AppState>>
