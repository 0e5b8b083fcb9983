import { now, oneMore, past, type Documents, type Fields, type Firestore } from '../world.ts'

/*
 * Alice and Bob's chat, from which the cases of chats, messages and activity start, and the batches of a client.
 */

export const chatPath = 'chats/alice_bob'
export const ids = {
  /** By Alice. */
  first: 'message-00000001',
  /** By Alice, deleted. */
  deleted: 'message-00000002',
  /** By Bob, the newest. */
  last: 'message-00000003',
  /** Does not exist yet. */
  next: 'message-00000004',
  another: 'message-00000005',
}

export const message = (senderId: string, text: string, minute: number): Fields => ({
  senderId,
  sentAt: past(minute),
  updatedAt: past(minute),
  seq: minute,
  body: { kind: 'text', text },
  deletedAt: null,
})

export const chat = {
  kind: 'direct',
  memberIds: ['alice', 'bob'],
  title: null,
  createdAt: past(1),
  createdBy: 'alice',
  messageCount: 3,
  last: { id: ids.last, senderId: 'bob', kind: 'text', preview: 'Three', sentAt: past(3) },
  updatedAt: past(3),
}

export const conversation: Documents = {
  [chatPath]: chat,
  [`${chatPath}/messages/${ids.first}`]: message('alice', 'One', 1),
  [`${chatPath}/messages/${ids.deleted}`]: {
    ...message('alice', 'Two', 2),
    body: null,
    deletedAt: past(2),
    updatedAt: past(2),
  },
  [`${chatPath}/messages/${ids.last}`]: message('bob', 'Three', 3),
}

/** Differences from a valid send. */
export interface Sending {
  /** Path of the chat. Default: the chat of Alice and Bob. */
  at?: string
  id?: string
  message?: Fields
  last?: Fields
  chat?: Fields
}

/** The documents written to send the message "Four". */
export function parts(senderId: string, { id = ids.next, message = {}, last = {}, chat = {} }: Sending = {}) {
  const body = { kind: 'text', text: 'Four' }
  return {
    id,
    message: { senderId, sentAt: now, updatedAt: now, seq: 4, body, deletedAt: null, ...message },
    chat: {
      messageCount: oneMore,
      last: { id, senderId, kind: 'text', preview: 'Four', sentAt: now, ...last },
      updatedAt: now,
      ...chat,
    },
  }
}

/** Writes a message and its chat's new summary in one batch. */
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
export const newChat = (senderId: string): Fields => ({
  kind: 'direct',
  memberIds: ['alice', 'bob'],
  title: null,
  createdAt: now,
  createdBy: senderId,
  ...parts(senderId).chat,
  messageCount: 1,
})

/** Writes the first message and its new chat in one batch. */
export function createChat(db: Firestore, senderId: string, sending: Sending = {}): Promise<void> {
  const { id, message, chat } = parts(senderId, sending)
  const chatDocument = db.doc(sending.at ?? chatPath)
  return db
    .batch()
    .set(chatDocument.collection('messages').doc(id), message)
    .set(chatDocument, { ...newChat(senderId), last: chat.last, ...sending.chat })
    .commit()
}

export const deletion = { body: null, deletedAt: now, updatedAt: now }
/** The chat's summary after its newest message was deleted. */
export const lastDeleted = { ...chat.last, kind: 'deleted', preview: '' }

/** Writes a deletion for everyone and its chat's update in one batch. */
export function remove(
  db: Firestore,
  id: string,
  { message = deletion, chat = {} }: { message?: Fields; chat?: Fields } = {},
): Promise<void> {
  return db
    .batch()
    .update(db.doc(`${chatPath}/messages/${id}`), message)
    .update(db.doc(chatPath), { updatedAt: now, ...chat })
    .commit()
}
