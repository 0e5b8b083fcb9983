import type { Chat, ChatState, WireChat } from './chat.ts'
import {
  chatIdSchema,
  directChatId,
  messageIdSchema,
  userIdSchema,
  type ChatId,
  type MessageId,
  type UserId,
} from './ids.ts'
import type { Photo } from './photo.ts'
import { objectIdSchema, sha256Schema } from '../messages/attachment.ts'
import { toRawBody, type MessageBody } from '../messages/body.ts'
import { attachmentSchema, type Attachment } from '../messages/attachment.ts'
import type { Message, WireMessage } from '../messages/envelope.ts'
import type { BodyOf } from '../messages/kinds/index.ts'
import type { Person } from './person.ts'
import type { Activity } from './receipts.ts'

/* Rows for tests and the gallery. A test sets the fields that matter to it; the others have defaults. Not part of the app. */

export const me = userIdSchema.parse('me')
export const ada = userIdSchema.parse('ada')
/** The default chat of messages and activities. */
export const chatId = directChatId(me, ada)

export const messageId = (n: number): MessageId =>
  messageIdSchema.parse(`message-${String(n).padStart(10, '0')}`)

/** A change to a wire message whose body is given as a value, not as JSON text. */
export type WireMessagePatch = Partial<Omit<WireMessage, 'body'>> & { body?: object | null }

/** A face, in a small picture that browsers can decode. */
export const photo: Photo = {
  object: objectIdSchema.parse('0'.repeat(31) + '1'),
  sha256: sha256Schema.parse('1'.repeat(64)),
  size: 50_000,
  small: [
    'UklGRi4CAABXRUJQVlA4ICICAAAQEACdASpgAGAAPq1Gl0mmI6GiM5oq2MAViWQC4M2+A0f8LGAV9eh36Lls8m9tB5gPOb01XedK',
    'MmQaXKLBP7w1MQUFqWuYnyeHf0AhtaGdmOM/Bdqfw6RiMt8ALvREoRWFyUnRfIF2ez9QK86eMK4mjwI+MZ4ivfQ01ffKqcDlJxC8',
    'dqyG2YqGgAD+8EoOMsR9YvpzhflEUlKiEftWlYinU1S64bWyxQC+hXy4RRe1nLxIGRfKYm/8uqMDPh/R+OoySJOANKvLxXIy9lYY',
    'OGEfY/Hqa7l6ThMWiCyZOlfLGmmPfy0do0Mm+j5WZpHW3w7+33NJ5/lzHNF20eynA7wMFBfJNbOyCIiUYCUahA8a1qrAtmuW368J',
    '6JzrcEfohcWRRiz+1Yfg9i7Zj7Khs1F4mnZYb+v0YLcC8e/ZH0xAqiVr5W+Wy2tsch7/g8MhsKHC2k1iOonZOQ6DM36Pa8bzmgOL',
    'GA8hWT1WorvXgcpync5k3bkRTh2iSaTqASG86qIHAvLOAHNajw3UbEnwfjHxX1/Oh1Qx+Fl/0vFC6dQcNNVlc+FeVmAu5f5srFlN',
    'QlE0Z24huCKNhk0sxl6nGpKLNZ2+VyPWGgNeqBURhiSszzYx3DX7pOyNT/Z3grpupElhPpcf7Xbr+obI5IwwoS7Sxi6PE4q75OpM',
    'tede54YuSOhccy3mh41VR3ChgACpjyY7xUNP073Wfx/vCptFJrnCIAA=',
  ].join(''),
}

/** The n-th message, sent at n seconds. */
export function wireMessage(n: number, senderId: UserId, patch: WireMessagePatch = {}): WireMessage {
  const { body = textBody(n), ...rest } = patch
  const { delivery: _, failure: __, heard: ___, ...fields } = message(n, senderId)
  const times = { sentAt: n * 1000, updatedAt: n * 1000 }
  return { ...fields, ...times, ...rest, body: body && toRawBody(body) }
}

export function message(n: number, senderId: UserId, patch: Partial<Message> = {}): Message {
  return {
    id: messageId(n),
    chatId,
    senderId,
    sentAt: n * 1000,
    seq: n,
    updatedAt: n * 1000,
    body: textBody(n),
    editedAt: null,
    deletedAt: null,
    delivery: 'sent',
    failure: null,
    heard: false,
    ...patch,
  }
}

const textBody = (n: number): MessageBody => ({ kind: 'text', text: `text ${String(n)}` })

/** An uploaded file. */
export function attachment(patch: Partial<Attachment> = {}): Attachment {
  const file = {
    object: '0'.repeat(32),
    size: 120_000,
    sha256: '0'.repeat(64),
    mime: 'image/jpeg',
    enc: null,
  }
  return { ...attachmentSchema.parse(file), ...patch }
}

export function photoBody(patch: Partial<BodyOf<'photo'>> = {}): BodyOf<'photo'> {
  return { kind: 'photo', file: attachment(), width: 1200, height: 900, hash: '', ...patch }
}

/** A patch that turns a message into a queued one. */
export const queued = { sentAt: null, updatedAt: null, delivery: 'queued' } as const

/** A state with nothing read and no flag set. */
export function chatState(id: ChatId, patch: Partial<ChatState> = {}): ChatState {
  return {
    chatId: id,
    readCount: 0,
    readAt: null,
    pinned: false,
    archived: false,
    mutedUntil: null,
    muteMentions: false,
    sound: 'default',
    markedUnread: false,
    ...patch,
  }
}

/** A direct chat without messages. */
export function wireChat(peer: UserId, patch: Partial<WireChat> = {}): WireChat {
  return {
    id: directChatId(me, peer),
    kind: 'direct',
    memberIds: [me, peer].sort(),
    title: null,
    group: null,
    last: null,
    messageCount: 0,
    revision: 1,
    changed: messageId(1),
    createdAt: 1,
    updatedAt: 1,
    ...patch,
  }
}

export function emptyChat(peer: UserId, patch: Partial<Chat> = {}): Chat {
  const { revision: _, changed: __, ...chat } = wireChat(peer)
  return {
    ...chat,
    onWire: true,
    former: false,
    last: null,
    state: chatState(directChatId(me, peer)),
    draft: '',
    staged: [],
    mentioned: false,
    historyComplete: true,
    ...patch,
  }
}

/** A direct chat with someone who wrote last; two of its three messages are unread. */
export function chatWith(name: string, patch: Partial<Chat> = {}): Chat {
  const peer = userIdSchema.parse(name)
  const empty = emptyChat(peer)
  return {
    ...empty,
    last: {
      id: messageId(3),
      senderId: peer,
      body: { kind: 'text', text: 'hello' },
      sentAt: 1000,
      delivery: 'sent',
    },
    messageCount: 3,
    updatedAt: 1000,
    state: { ...empty.state, readCount: 1, readAt: 1 },
    ...patch,
  }
}

export function groupNamed(title: string): Chat {
  return chatWith('ada', { id: chatIdSchema.parse('group-1'), kind: 'group', title })
}

/** A person with that name. The id is the name in lower case. */
export function personNamed(displayName: string, patch: Partial<Person> = {}): Person {
  return {
    id: userIdSchema.parse(displayName.toLowerCase()),
    displayName,
    about: '',
    photo: null,
    profileFetchedAt: 0,
    contactName: '',
    phone: null,
    blocked: false,
    ...patch,
  }
}

export function activity(userId: UserId, patch: Partial<Activity> = {}): Activity {
  return {
    chatId,
    userId,
    deliveredAt: null,
    readAt: null,
    typingUntil: null,
    updatedAt: 0,
    ...patch,
  }
}
