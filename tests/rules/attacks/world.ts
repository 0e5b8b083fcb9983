import { now, plus, set, update, type Fields, type Request, type Write } from '../rest.ts'
import { phones } from '../tokens.ts'

export interface Attack {
  name: string
  token: string | null
  request: Request
  /** Default: denied by the rules. */
  expected?: { status: number; code: string }
}

/** Attacks that must fail for the same reason. */
export interface AttackGroup {
  /** A sentence of docs/WIRE.md or docs/SECURITY.md. */
  proves: string
  attacks: Attack[]
}

export const accepted = { status: 200, code: 'OK' }
export const denied = { status: 403, code: 'PERMISSION_DENIED' }
export const invalid = { status: 400, code: 'INVALID_ARGUMENT' }

/** One attack per variant. */
export function each<T>(
  variants: Record<string, T>,
  token: string | null,
  request: (variant: T) => Request,
): Attack[] {
  return Object.entries(variants).map(([name, variant]) => ({ name, token, request: request(variant) }))
}

const start = Date.now()
export const minutesAgo = (minutes: number): Date => new Date(start - minutes * 60_000)
const seen = minutesAgo(5)

export const chatPath = 'chats/alice_bob'
/** Messages of the chat: `last` is by Bob, `next` does not exist yet, the others are by Alice. */
export const ids = {
  first: 'message-00000001',
  deleted: 'message-00000002',
  old: 'message-00000003',
  last: 'message-00000004',
  next: 'message-00000009',
}
export const messagePath = (id: string, chat = chatPath): string => `${chat}/messages/${id}`

const message = (senderId: string, text: string, minutes: number): Fields => ({
  senderId,
  sentAt: minutesAgo(minutes),
  updatedAt: minutesAgo(minutes),
  seq: 1,
  body: { kind: 'text', text },
  editedAt: null,
  deletedAt: null,
})

const messages: Record<string, Fields> = {
  [ids.old]: message('alice', 'Old', 25 * 60),
  [ids.deleted]: { ...message('alice', '', 30), body: null, deletedAt: seen, updatedAt: seen },
  [ids.first]: message('alice', 'First', 20),
  [ids.last]: message('bob', 'Last', 10),
}
const byZoe = message('zoe', 'Hello', 15)

const chatOf = (memberIds: string[], messageCount: number, id: string, last: Fields): Fields => ({
  kind: 'direct',
  memberIds,
  createdAt: minutesAgo(26 * 60),
  createdBy: 'bob',
  messageCount,
  revision: messageCount,
  changed: id,
  last: { id, ...last },
  updatedAt: minutesAgo(10),
})

export const groupPath = 'chats/Group000000000000001'
const groupText = message('alice', 'Hello all', 20)
const groupEvent: Fields = {
  ...message('bob', '', 10),
  body: { kind: 'event', event: 'added', uids: ['zoe'] },
}
const group: Fields = {
  ...chatOf(['bob', 'alice', 'zoe'], 1, ids.last, groupEvent),
  kind: 'group',
  revision: 3,
  ownerId: 'bob',
  adminIds: ['bob'],
  bannedIds: ['mallory'],
  title: 'Group',
  description: '',
  policy: { post: 'all', edit: 'all', add: 'all' },
}

/** A group of Bob alone, with a link. Alice has asked to join, Mallory was removed. */
export const linkedGroupPath = 'chats/Group000000000000003'
export const inviteCode = 'c0de0000000000000000000000000001'
export const invitePath = `${linkedGroupPath}/invites/${inviteCode}`
const invite: Fields = {
  title: 'Group',
  description: '',
  memberCount: 1,
  createdAt: seen,
  expiresAt: null,
  maxJoins: 9,
  approve: false,
  joins: 8,
  revoked: false,
}

const profile = (displayName: string): Fields => ({ displayName, about: '', updatedAt: seen })
const watermarks = (memberIds: string[]): Fields => ({
  memberIds,
  deliveredAt: seen,
  readAt: seen,
  typingUntil: null,
  updatedAt: seen,
})

const groupWatermarks: Fields = { deliveredAt: seen, readAt: seen, typingUntil: null, updatedAt: seen }

/** Everything that exists before an attack. */
export const documents: Record<string, Fields> = {
  ...Object.fromEntries(['alice', 'bob', 'mallory', 'zoe'].map((uid) => [`users/${uid}`, profile(uid)])),
  ...Object.fromEntries(Object.entries(phones).map(([uid, phone]) => [`phones/${phone}`, { uid }])),
  'users/alice/private/settings': {
    lastSeen: 'everyone',
    groups: 'everyone',
    photo: 'everyone',
    updatedAt: seen,
  },
  'users/alice/private/clock': { at: seen },
  'users/alice/contacts/bob': { name: 'Bobby', phone: phones.bob, updatedAt: seen },
  'users/alice/chats/alice_bob': {
    readCount: 3,
    readAt: seen,
    pinned: false,
    archived: false,
    markedUnread: false,
    mutedUntil: null,
    updatedAt: seen,
  },
  'users/bob/blocked/zoe': { blocked: true, updatedAt: seen },
  'users/bob/private/settings': {
    lastSeen: 'nobody',
    groups: 'everyone',
    photo: 'everyone',
    updatedAt: seen,
  },
  'presence/alice': { state: 'online', lastActiveAt: seen },
  'presence/zoe': { state: 'online', lastActiveAt: seen },
  [chatPath]: chatOf(['alice', 'bob'], 4, ids.last, messages[ids.last] ?? {}),
  ...Object.fromEntries(Object.entries(messages).map(([id, fields]) => [messagePath(id), fields])),
  [`${chatPath}/activity/alice`]: watermarks(['alice', 'bob']),
  [`${chatPath}/activity/bob`]: watermarks(['alice', 'bob']),
  'chats/bob_zoe': chatOf(['bob', 'zoe'], 1, ids.first, byZoe),
  [messagePath(ids.first, 'chats/bob_zoe')]: byZoe,
  'chats/bob_zoe/activity/zoe': watermarks(['bob', 'zoe']),
  [groupPath]: group,
  ...Object.fromEntries(
    ['alice', 'bob', 'mallory'].map((uid) => [`${groupPath}/activity/${uid}`, groupWatermarks]),
  ),
  [messagePath(ids.first, groupPath)]: groupText,
  [messagePath(ids.last, groupPath)]: groupEvent,
  [linkedGroupPath]: { ...group, memberIds: ['bob'], bannedIds: ['mallory'] },
  [`${linkedGroupPath}/messages/${ids.last}`]: groupEvent,
  [invitePath]: invite,
  [`${linkedGroupPath}/requests/alice`]: { code: inviteCode, at: seen },
  // A message whose chat is missing.
  [messagePath(ids.first, 'chats/alice_zoe')]: byZoe,
}

export const stored = (id: string): Fields => messages[id] ?? {}

/** A new message of the sender. */
export const newMessage = (senderId: string): Fields => ({
  senderId,
  sentAt: now,
  updatedAt: now,
  seq: 1,
  body: { kind: 'text', text: 'Next' },
  editedAt: null,
  deletedAt: null,
})

export const edit: Fields = { body: { kind: 'text', text: 'Corrected' }, editedAt: now, updatedAt: now }
export const deletion: Fields = { body: null, deletedAt: now, updatedAt: now }

/** Differences from a valid batch. */
export interface Differences {
  at?: string
  id?: string
  message?: Fields
  last?: Fields
  chat?: Fields
}

/** The writes of a new message in an existing chat. */
export function sending(
  senderId: string,
  { at = chatPath, id = ids.next, message = {}, last = {}, chat = {} }: Differences = {},
): [Write, Write] {
  const sent = { ...newMessage(senderId), ...message }
  return [
    set(messagePath(id, at), sent),
    update(at, {
      messageCount: plus(1),
      revision: plus(1),
      changed: id,
      last: { id, ...sent, ...last },
      updatedAt: now,
      ...chat,
    }),
  ]
}

/** The writes of a new chat with its first message. */
export function creating(
  senderId: string,
  memberIds: string[],
  {
    at = `chats/${memberIds.join('_')}`,
    id = ids.next,
    message = {},
    last = {},
    chat = {},
  }: Differences = {},
): [Write, Write] {
  const sent = { ...newMessage(senderId), ...message }
  return [
    set(messagePath(id, at), sent),
    set(at, {
      kind: 'direct',
      memberIds,
      createdAt: now,
      createdBy: senderId,
      messageCount: 1,
      revision: 1,
      changed: id,
      last: { id, ...sent, ...last },
      updatedAt: now,
      ...chat,
    }),
  ]
}

/** The writes of a change of a message that is not the newest. */
export function changing(
  fields: Fields,
  { at = chatPath, id = ids.first, chat = {} }: Differences = {},
): [Write, Write] {
  return [
    update(messagePath(id, at), fields),
    update(at, { revision: plus(1), changed: id, updatedAt: now, ...chat }),
  ]
}

/** Values of wrong types and sizes, for any field. */
export const wrongValues: Record<string, unknown> = {
  'a list': ['x'],
  'a nested map': { a: { b: { c: { d: 'x' } } } },
  'a string of 100,000 characters': 'x'.repeat(100_000),
}
