import { z } from 'zod'
import { batchSchema, collectionNameSchema } from '../collections/index.ts'
import { accountSchema } from '../domain/account.ts'
import { chatSchema, chatStatePatchSchema } from '../domain/chat.ts'
import { chatIdSchema, messageIdSchema, serverTimeSchema, userIdSchema } from '../domain/ids.ts'
import { personSchema, profileSchema } from '../domain/person.ts'
import { activitySchema } from '../domain/receipts.ts'
import { stagedItemSchema, stagedSchema } from '../domain/staged.ts'
import { intentSchema } from '../intents/index.ts'
import { messageSchema, positionSchema, wireMessageSchema } from '../messages/envelope.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/** The state of a chat's messages here and on the wire. */
export const chatSyncSchema = z.strictObject({
  /** Newest `updatedAt` applied; 0: none yet. */
  cursor: serverTimeSchema,
  /** How many of `messageCount` have been applied. */
  syncedCount: z.number().int().nonnegative(),
  /** All changes up to this revision are applied. */
  syncedRevision: z.number().int().nonnegative(),
  /** This field and the next three are from the chat's document. */
  messageCount: z.number().int().nonnegative(),
  revision: z.number().int().nonnegative(),
  changed: messageIdSchema.nullable(),
  updatedAt: serverTimeSchema,
  /** True for a chat that existed before this replica, until its newest page is applied. Sync reads only that page. */
  needsFirstPage: z.boolean(),
  oldest: positionSchema.nullable(),
  historyComplete: z.boolean(),
})
export type ChatSync = z.infer<typeof chatSyncSchema>

const messagePageSchema = z.strictObject({
  chatId: chatIdSchema,
  messages: z.array(wireMessageSchema).max(1000),
  source: z.enum(['live', 'history']),
  cursor: serverTimeSchema.nullable(),
  syncedCount: z.number().int().nonnegative().nullable(),
  syncedRevision: z.number().int().nonnegative().nullable(),
  historyComplete: z.boolean().nullable(),
})
export type MessagePage = z.infer<typeof messagePageSchema>

const pageResultSchema = z.strictObject({
  /** How many messages the wire had not delivered before. An own queued message counts when it arrives from the wire. */
  inserted: z.number().int(),
  /** How many messages were inserted or replaced by a newer state. */
  changed: z.number().int(),
  /** As in `replica.chatSync`, after this page. */
  syncedCount: z.number().int().nonnegative(),
})
export type PageResult = z.infer<typeof pageResultSchema>

/* The replica of an account. Every call is one transaction. */

export const replicaStatusSchema = z.strictObject({
  /** Set when the replica was damaged, or a newer version of the app wrote it. It was renamed to `file`; an empty one replaces it. */
  setAside: z.strictObject({ reason: z.enum(['corrupt', 'newer']), file: z.string() }).nullable(),
})

/** The parts of a chat's media: photos and videos, files, voice notes, and texts with links. */
export const contentSchema = z.enum(['media', 'files', 'voice', 'links'])
export type Content = z.infer<typeof contentSchema>

export const replicaMethods = {
  // --- the file
  /** Opens the account's replica and closes another account's. */
  'replica.open': { args: none, result: replicaStatusSchema },
  'replica.close': { args: none, result: none },
  /** Deletes the account's replica from this machine, open or not. A file that another program holds is deleted at the next start. */
  'replica.erase': { args: none, result: none },

  // --- read
  'replica.account': { args: none, result: accountSchema },
  'replica.syncCursors': { args: none, result: z.partialRecord(collectionNameSchema, serverTimeSchema) },
  'replica.chats': { args: none, result: z.array(chatSchema) },
  'replica.people': { args: none, result: z.array(personSchema) },
  'replica.activities': { args: none, result: z.array(activitySchema) },
  /** Up to `limit` messages before a position (null: the newest ones), oldest first. */
  'replica.messages': {
    args: z.strictObject({
      chatId: chatIdSchema,
      before: positionSchema.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    result: z.array(messageSchema),
  },
  /** Up to `limit` messages with this content before a position (null: the newest ones), newest first, and how many there are at all. */
  'replica.media': {
    args: z.strictObject({
      chatId: chatIdSchema,
      of: contentSchema,
      before: positionSchema.nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    result: z.strictObject({ messages: z.array(messageSchema), total: z.number().int().nonnegative() }),
  },
  'replica.search': {
    args: z.strictObject({
      text: z.string().max(200),
      chatId: chatIdSchema.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    result: z.array(messageSchema),
  },
  /** How far a chat's messages have been read from the wire; undefined when the replica does not have the chat. */
  'replica.chatSync': { args: z.strictObject({ chatId: chatIdSchema }), result: chatSyncSchema.optional() },
  /** The chats with changes that are not stored yet, newest first. */
  'replica.chatsBehind': { args: none, result: z.array(chatIdSchema) },

  // --- apply data from the wire: idempotent, and the cursor moves in the same transaction
  /**
   * Stores a batch. If a chat is in step (one write behind its document), also stores the changed message from the document.
   * `behind`: the chats of this batch that are still behind. Their messages must be fetched.
   */
  'replica.apply': { args: batchSchema, result: z.strictObject({ behind: z.array(chatIdSchema) }) },
  /** This person is no longer a member of these groups. Their history stays readable. */
  'replica.leaveChats': { args: z.strictObject({ chatIds: z.array(chatIdSchema).max(1000) }), result: none },
  /** Deletes chats from this device. A chat that this person is a member of comes back with its next change. */
  'replica.removeChats': { args: z.strictObject({ chatIds: z.array(chatIdSchema).max(1000) }), result: none },
  /**
   * Stores pages of messages, of several chats in one call. The results have the order of the pages.
   * `live`: newly arrived, may notify and needs a delivery receipt. `history`: older pages and a first load.
   * `cursor`: newest `updatedAt` that was read; null: the cursor does not move.
   * `syncedCount`, `syncedRevision`: set when everything up to them is applied. Live messages raise the count in any case.
   * `historyComplete`: true when there are no older pages to fetch.
   */
  'replica.applyMessages': {
    args: z.array(messagePageSchema).max(50),
    result: z.array(pageResultSchema),
  },
  'replica.applyProfiles': {
    args: z.strictObject({ profiles: z.array(profileSchema).max(1000) }),
    result: none,
  },

  // --- actions of the person in a chat; for all others see `outbox.add`
  /** Creates the direct chat in the replica. Its first message creates it on the wire. */
  'replica.openDirectChat': {
    args: z.strictObject({ peerId: userIdSchema }),
    result: z.strictObject({ chatId: chatIdSchema }),
  },
  /** Creates a group in the replica and queues its first message: an event `created`, which creates the group on the wire. */
  'replica.createGroup': { args: z.strictObject({ message: messageSchema }), result: none },
  'replica.setDraft': {
    args: z.strictObject({ chatId: chatIdSchema, text: z.string().max(100_000) }),
    result: none,
  },
  /** Replaces the files that are staged in the chat. Their bytes are not evicted while they are. */
  'replica.setStaged': {
    args: z.strictObject({ chatId: chatIdSchema, items: stagedSchema }),
    result: none,
  },
  /**
   * Queues a message of a known kind. Clears the chat's draft when the message was typed in the composer (its body has a `draftText`).
   * Raises `seq` above that of the messages already queued. Queuing the same id again changes nothing. The file of a message is
   * queued for upload with it; if it is in the chat already, the message gets that object instead.
   */
  'replica.send': { args: messageSchema, result: none },
  /** The same for a message that is made of a staged file, which leaves the staged ones in the same transaction. */
  'replica.sendStaged': {
    args: z.strictObject({ message: messageSchema, itemId: stagedItemSchema.shape.id }),
    result: none,
  },
  /** The same for a message that was not typed in the chat: its draft stays. */
  'replica.forward': { args: messageSchema, result: none },
  /** Marks everything up to (readCount, readAt) as read. Never moves back. */
  'replica.markRead': {
    args: z.strictObject({
      chatId: chatIdSchema,
      readCount: z.number().int().nonnegative(),
      readAt: serverTimeSchema.nullable(),
    }),
    result: none,
  },
  'replica.setChatState': {
    args: z.strictObject({
      chatId: chatIdSchema,
      patch: chatStatePatchSchema,
    }),
    result: none,
  },
} as const satisfies MethodMap

/** The full rows that one transaction changed. */
export const replicaChangeSchema = z.strictObject({
  chats: z.array(chatSchema),
  removedChatIds: z.array(chatIdSchema),
  messages: z.array(messageSchema),
  /** Own messages that were discarded before they were sent. */
  removedMessages: z.array(z.strictObject({ chatId: chatIdSchema, id: messageIdSchema })),
  people: z.array(personSchema),
  activities: z.array(activitySchema),
  account: accountSchema.nullable(),
  /** All waiting intents, as `outbox.pending` returns them, when one was added or changed; else null. */
  outbox: z.array(intentSchema).nullable(),
})
export type ReplicaChange = z.infer<typeof replicaChangeSchema>

export const replicaEvents = {
  'replica.changed': replicaChangeSchema,
  /**
   * The store restarted: rows may have changed without an event, and no account may be open. The page must open its account and
   * read everything again.
   */
  'replica.interrupted': z.strictObject({}),
} as const satisfies EventMap
