import { ago, now, oneMore, past, without, type Documents, type Fields, type Firestore } from '../world.ts'

/*
 * Alice and Bob's chat, from which the cases of chats, messages and activity start, and the batches of a client.
 */

export const chatPath = 'chats/alice_bob'
export const messagePath = (id: string): string => `${chatPath}/messages/${id}`

export const ids = {
  /** By Alice. */
  first: 'message-00000001',
  /** By Alice, deleted. */
  deleted: 'message-00000002',
  /** By Alice, edited. */
  edited: 'message-00000003',
  /** By Alice, sent 23 hours ago. */
  recent: 'message-00000004',
  /** By Alice, sent 25 hours ago. */
  old: 'message-00000005',
  /** By Alice, of a kind that these rules do not know. */
  poll: 'message-00000006',
  /** By Alice, with an `updatedAt` that is later than now. */
  ahead: 'message-00000007',
  /** By Bob, the newest. */
  last: 'message-00000008',
  /** Does not exist yet. */
  next: 'message-00000009',
  another: 'message-00000010',
}

const body = (text: string): Fields => ({ kind: 'text', text })

export const message = (senderId: string, text: string, minutesAgo: number): Fields => ({
  senderId,
  sentAt: ago(minutesAgo),
  updatedAt: ago(minutesAgo),
  seq: 3000 - minutesAgo,
  body: body(text),
  editedAt: null,
  deletedAt: null,
})

const lastMessage = message('bob', 'Last', 1)
const hours = 60

export const messages: Record<string, Fields> = {
  [ids.first]: message('alice', 'First', 10),
  [ids.deleted]: { ...message('alice', '', 9), body: null, deletedAt: ago(3), updatedAt: ago(3) },
  [ids.edited]: { ...message('alice', 'Edited', 8), editedAt: ago(3), updatedAt: ago(3) },
  [ids.recent]: message('alice', 'Recent', 23 * hours),
  [ids.old]: message('alice', 'Old', 25 * hours),
  [ids.poll]: { ...message('alice', '', 7), body: { kind: 'poll', text: 'Caption' } },
  [ids.ahead]: { ...message('alice', 'Ahead', 6), updatedAt: ago(-60) },
  [ids.last]: lastMessage,
}

export const chat = {
  kind: 'direct',
  memberIds: ['alice', 'bob'],
  createdAt: ago(30 * hours),
  createdBy: 'alice',
  messageCount: 8,
  revision: 11,
  changed: ids.last,
  last: { id: ids.last, ...lastMessage },
  updatedAt: ago(1),
}

export const profile = (displayName: string): Fields => ({ displayName, about: '', updatedAt: past(1) })

/** The people who may write to each other. */
export const people: Documents = { 'users/alice': profile('Alice'), 'users/bob': profile('Bob') }

/** The messages without their chat. */
export const messagesOnly: Documents = {
  ...people,
  ...Object.fromEntries(Object.entries(messages).map(([id, fields]) => [messagePath(id), fields])),
}

export const conversation: Documents = { ...messagesOnly, [chatPath]: chat }

/** Differences from a valid batch. */
export interface Sending {
  /** Path of the chat. Default: the chat of Alice and Bob. */
  at?: string
  id?: string
  /** Fields of the message; `last` gets them too. */
  message?: Fields
  /** Fields of `last` that differ from the message. */
  last?: Fields
  /** Fields of the chat. */
  chat?: Fields
}

/** The documents written to send the message "Next". */
export function parts(senderId: string, { id = ids.next, message = {}, last = {}, chat = {} }: Sending = {}) {
  const sent: Fields = {
    senderId,
    sentAt: now,
    updatedAt: now,
    seq: 4,
    body: body('Next'),
    editedAt: null,
    deletedAt: null,
    ...message,
  }
  const summary: Fields = { id, ...sent, ...last }
  return {
    id,
    message: sent,
    chat: {
      messageCount: oneMore,
      revision: oneMore,
      changed: id,
      last: summary,
      updatedAt: now,
      ...chat,
    },
  }
}

/** Writes a message and its chat in one batch. */
export function send(db: Firestore, senderId: string, sending: Sending = {}): Promise<void> {
  const { id, message, chat } = parts(senderId, sending)
  const chatDocument = db.doc(sending.at ?? chatPath)
  return db
    .batch()
    .set(chatDocument.collection('messages').doc(id), message)
    .update(chatDocument, chat)
    .commit()
}

/** A new chat with its first message. */
export const newChat = (senderId: string, sending: Sending = {}): Fields => ({
  kind: 'direct',
  memberIds: ['alice', 'bob'],
  createdAt: now,
  createdBy: senderId,
  ...parts(senderId, sending).chat,
  messageCount: 1,
  revision: 1,
  ...sending.chat,
})

/** Writes the first message and its new chat in one batch. */
export function createChat(db: Firestore, senderId: string, sending: Sending = {}): Promise<void> {
  const { id, message } = parts(senderId, sending)
  const chatDocument = db.doc(sending.at ?? chatPath)
  return db
    .batch()
    .set(chatDocument.collection('messages').doc(id), message)
    .set(chatDocument, newChat(senderId, sending))
    .commit()
}

export const deletion: Fields = { body: null, deletedAt: now, updatedAt: now }
export const edit: Fields = { body: body('Corrected'), editedAt: now, updatedAt: now }

/** Differences from a valid change of a message. */
export interface Change {
  /** Fields of `last` that differ from the message, if the newest message changes. */
  last?: Fields
  /** Fields of the chat. */
  chat?: Fields
}

/** The fields of the chat that are written with a change of a message. */
export const changedChat = (id: string, fields: Fields, { last = {}, chat = {} }: Change = {}): Fields => ({
  revision: oneMore,
  changed: id,
  updatedAt: now,
  ...(id === ids.last && { last: { id, ...messages[id], ...fields, ...last } }),
  ...chat,
})

/** Writes a change of a message and its chat in one batch. */
export function change(db: Firestore, id: string, fields: Fields, differences: Change = {}): Promise<void> {
  return db
    .batch()
    .update(db.doc(messagePath(id)), fields)
    .update(db.doc(chatPath), changedChat(id, fields, differences))
    .commit()
}

/** Another value of the same type for each field of a message and of its body. */
const otherValues: Fields = {
  id: ids.first,
  senderId: 'mallory',
  sentAt: past(1),
  updatedAt: past(1),
  seq: 77,
  body: body('Never said'),
  editedAt: past(1),
  deletedAt: past(1),
  kind: 'photo',
  text: 'Never said',
}

/** Versions of `last` that differ from its message in exactly one place. */
export function differingLasts(last: Fields): Record<string, unknown> {
  const found: Record<string, unknown> = {
    'last is null': null,
    'last is a string': 'Next',
    'last has an extra field': { ...last, extra: true },
  }
  const vary = (fields: Fields, path: string, whole: (changed: Fields) => unknown): void => {
    for (const name of Object.keys(fields)) {
      found[`${path}.${name} is missing`] = whole(without(fields, name))
      found[`${path}.${name} has another value`] = whole({ ...fields, [name]: otherValues[name] })
      found[`${path}.${name} has another type`] = whole({ ...fields, [name]: [true] })
    }
  }
  vary(last, 'last', (changed) => changed)
  const { body } = last
  if (isFields(body)) {
    vary(body, 'last.body', (changed) => ({ ...last, body: changed }))
    found['last.body has an extra field'] = { ...last, body: { ...body, extra: true } }
  }
  return found
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
