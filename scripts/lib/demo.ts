import type { ChatState, WireChat } from '../../src/shared/domain/chat.ts'
import {
  directChatId,
  messageIdSchema,
  phoneSchema,
  userIdSchema,
  type ChatId,
  type Phone,
  type UserId,
} from '../../src/shared/domain/ids.ts'
import { toRawBody } from '../../src/shared/messages/body.ts'
import type { KnownBody } from '../../src/shared/messages/kinds/index.ts'
import type { WireMessage } from '../../src/shared/messages/envelope.ts'
import { demoMessage, type DemoFile, type DemoObject } from './demo-media.ts'

/*
 * The people and chats of the local backend. They depend only on indexes and `now`: ids are always the same, so that
 * seeding twice adds nothing.
 */

export interface DemoPerson {
  id: UserId
  phone: Phone
  displayName: string
  about: string
}

/** The content of a chat's documents. */
export interface DemoChat {
  chat: WireChat
  /** Oldest first. */
  messages: WireMessage[]
  /** Chat state per member. The watermarks on the wire are derived from it. */
  states: ReadonlyMap<UserId, ChatState>
  /** The files of the messages. */
  objects: DemoObject[]
}

export const MAX_PEOPLE = 9900
const MINUTE_MS = 60_000
const names = [
  'Ada',
  'Ben',
  'Chloe',
  'David',
  'Emma',
  'Farid',
  'Grace',
  'Hugo',
  'Ines',
  'Jonas',
  'Kira',
  'Liam',
]
const abouts = [
  'At the bench by the river',
  'Tea first',
  'Out cycling',
  'Learning to bake',
  'Reading',
  '',
  'On the night train',
  'Ask me about plants',
]

/** Conversations between two people, 0 and 1: who writes, the text, and the photo above it. */
const exchanges: readonly (readonly [0 | 1, string, DemoFile?])[][] = [
  [
    [0, 'Morning! Did the parcel arrive?'],
    [1, 'It did, just now. The box survived the rain, barely 🌧️'],
    [0, 'Good. Open it before Sunday, please'],
    [1, 'Promise.'],
    [1, 'What is in it?'],
    [0, 'That would be telling 😄'],
  ],
  [
    [1, 'Are we still on for Thursday?'],
    [0, 'Yes! 18:30 at the station?'],
    [1, 'Make it 18:45, my train is a *slow* one'],
    [0, 'Fine. I will get the tickets'],
    [1, 'You are the best'],
  ],
  [
    [0, 'The link for the recipe: https://example.org/lemon-cake'],
    [1, 'Thank you! Does it need the whole lemon?'],
    [0, 'Zest and juice of _two_, in fact. And:\n- 200 g sugar\n- 180 g flour\n- 4 eggs'],
    [1, 'Noted. I only have three eggs'],
    [0, 'Then it becomes a flat cake. Still good.'],
    [1, 'Not that flat! Come by before it is gone', 'cake'],
  ],
  [
    [1, 'Can you look at the heating when you are here?'],
    [0, 'Sure. What does it say?'],
    [1, '`E04`, and it hums'],
    [0, 'Water pressure. Is the needle below 1?'],
    [1, 'It is at 0.6'],
    [0, 'Fill it to 1.5 with the small tap on the left, then press reset. Takes two minutes.'],
    [1, 'It works!! You saved the weekend'],
  ],
  [
    [0, 'Saw a heron on the roof opposite this morning'],
    [1, 'No way'],
    [0, 'It stood there for half an hour, judging everyone'],
    [1, 'Photo or it did not happen'],
    [0, 'Here you are. It looks like a landlord', 'heron'],
  ],
  [
    [1, 'Call me when you have a minute?'],
    [0, 'In a meeting until three. Urgent?'],
    [1, 'No no, just a question about the garden'],
    [0, 'Then I call at three ☎️'],
  ],
]

/** Returns demo person `index` (from 0). Their phone numbers are 555 numbers, as used in fiction. */
export function demoPerson(index: number): DemoPerson {
  const round = Math.floor(index / names.length)
  const name = names[index % names.length] ?? ''
  return {
    id: userIdSchema.parse(`demo${String(index).padStart(6, '0')}`),
    phone: phoneSchema.parse(`+1650555${String(100 + index).padStart(4, '0')}`),
    displayName: round === 0 ? `${name} Demo` : `${name} Demo ${round + 1}`,
    about: abouts[index % abouts.length] ?? '',
  }
}

/** Returns at most `chats` pairs of indexes: person 0 with everyone, then person 1 with those after, and so on. */
export function demoPairs(people: number, chats: number): [number, number][] {
  const pairs: [number, number][] = []
  for (let first = 0; first < people; first++) {
    for (let second = first + 1; second < people; second++) {
      if (pairs.length === chats) return pairs
      pairs.push([first, second])
    }
  }
  return pairs
}

/**
 * Returns a direct chat between two demo people with `messageCount` messages, the last one `quiet` minutes before `now`
 * (ms). With `unread`, the member who received the last message has read only up to their own last message. With `media`, some
 * messages have a photo.
 */
export function demoChat(
  [first, second]: readonly [number, number],
  options: { messageCount: number; quiet: number; unread: boolean; now: number; media?: boolean },
): DemoChat {
  const people = [demoPerson(first), demoPerson(second)] as const
  const chatId = directChatId(people[0].id, people[1].id)
  const prefix = `demo-${String(first).padStart(4, '0')}-${String(second).padStart(4, '0')}`
  const lines = demoLines(first + second, options.messageCount)
  const lastSentAt = options.now - options.quiet * MINUTE_MS
  const objects: DemoObject[] = []
  const bodyOf = ({ by, text, file }: DemoLine): KnownBody => {
    if (file === undefined || options.media !== true) return { kind: 'text', text }
    const { body, object } = demoMessage(file, { chatId, owner: people[by].id, more: { text } })
    objects.push(object)
    return body
  }
  const messages = lines.map((line, index): WireMessage => {
    const { by, minutesBeforeLast } = line
    const sentAt = lastSentAt - minutesBeforeLast * MINUTE_MS
    return {
      id: messageIdSchema.parse(`${prefix}-${String(index).padStart(6, '0')}`),
      chatId,
      senderId: people[by].id,
      sentAt,
      updatedAt: sentAt,
      seq: index,
      body: toRawBody(bodyOf(line)),
      editedAt: null,
      deletedAt: null,
    }
  })
  const memberIds = people.map(({ id }) => id).toSorted()
  const states = memberIds.map((id) => [id, stateOf(chatId, id, messages, options.unread)] as const)
  return { chat: chatOf(memberIds, messages, options.now), messages, states: new Map(states), objects }
}

/** Returns the direct chat of these messages (oldest first), updated at `now`. */
export function chatOf(memberIds: UserId[], messages: readonly WireMessage[], now: number): WireChat {
  const [oldest, newest] = [messages[0], messages.at(-1)]
  if (oldest === undefined || newest === undefined) throw new Error('A chat has at least one message.')
  return {
    id: oldest.chatId,
    kind: 'direct',
    memberIds,
    title: null,
    group: null,
    last: newest,
    messageCount: messages.length,
    revision: messages.length,
    changed: newest.id,
    createdAt: oldest.sentAt,
    updatedAt: now,
  }
}

function stateOf(
  chatId: ChatId,
  member: UserId,
  messages: readonly WireMessage[],
  unread: boolean,
): ChatState {
  const lastOwn = messages.findLastIndex(({ senderId }) => senderId === member)
  const readCount = unread ? lastOwn + 1 : messages.length
  return {
    chatId,
    readCount,
    readAt: messages[readCount - 1]?.sentAt ?? null,
    pinned: false,
    archived: false,
    mutedUntil: null,
    muteMentions: false,
    sound: 'default',
    markedUnread: false,
  }
}

interface DemoLine {
  by: 0 | 1
  text: string
  file: DemoFile | undefined
  minutesBeforeLast: number
}

/** Returns `count` lines, oldest first: exchanges that take a few minutes, 11 to 19 hours apart. */
function demoLines(shift: number, count: number): DemoLine[] {
  const newestFirst: DemoLine[] = []
  let minutesBeforeLast = 0
  for (let turn = 0; newestFirst.length < count; turn++) {
    const exchange = exchanges[(shift + turn) % exchanges.length] ?? []
    for (const [by, text, file] of exchange.toReversed()) {
      newestFirst.push({ by, text, file, minutesBeforeLast })
      minutesBeforeLast += 1 + (newestFirst.length % 3)
    }
    minutesBeforeLast += 60 * (11 + (turn % 9))
  }
  return newestFirst.slice(0, count).toReversed()
}
