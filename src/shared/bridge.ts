import { z } from 'zod'
import { backendSchema } from './backend.ts'
import { accountSchema, ownProfileSchema, privacySchema } from './domain/account.ts'
import { chatSchema, chatStateSchema, wireChatSchema } from './domain/chat.ts'
import { destinationSchema } from './domain/deep-link.ts'
import { chatIdSchema, messageIdSchema, serverTimeSchema, userIdSchema } from './domain/ids.ts'
import { cursorSchema, failureSchema, messageSchema, wireMessageSchema } from './domain/message.ts'
import { outboxKindSchema, outboxOpSchema } from './domain/outbox.ts'
import { contactSchema, personSchema, profileSchema } from './domain/person.ts'
import { activitySchema } from './domain/receipts.ts'
import { settingsSchema } from './settings.ts'

/*
 * THE contract between renderer and main. Each method has one argument and one result; both sides derive their types
 * from here. Main checks the sender and parses the argument before a handler sees it, and answers a failure with a
 * typed BridgeFailure: see main/dispatcher.ts and renderer/platform/bridge.ts.
 */

const none = z.undefined()

/** The systems that the app runs on, by Node's names. */
export const platformSchema = z.enum(['win32', 'darwin', 'linux'])
export type PlatformName = z.infer<typeof platformSchema>

/** Names under which sync keeps how far it has read. */
export const markNameSchema = z.enum(['chats', 'activity', 'chatStates', 'contacts', 'blocks'])
export type MarkName = z.infer<typeof markNameSchema>

export const replicaStatusSchema = z.strictObject({
  userId: userIdSchema,
  /** Set when an unreadable or newer replica was found and moved aside under this file name; a fresh one was started. */
  setAside: z.strictObject({ reason: z.enum(['corrupt', 'newer']), file: z.string() }).nullable(),
})

export const methods = {
  // --- app
  'app.info': {
    args: none,
    result: z.strictObject({
      version: z.string(),
      platform: platformSchema,
      backend: backendSchema,
    }),
  },
  /** The renderer listens now: main sends what it held back (deep links, notification clicks). */
  'app.ready': { args: none, result: none },
  /** The answer to `power.state` `quitting`: all is said, main need not wait out its second. */
  'app.readyToQuit': { args: none, result: none },
  'app.log': {
    args: z.strictObject({
      level: z.enum(['error', 'warn', 'info']),
      event: z.string().max(100),
      detail: z.string().max(4000).optional(),
    }),
    result: none,
  },
  'app.openLogs': { args: none, result: none },
  /** Opens a web or mail link in the system's browser; anything but http, https, mailto is refused. */
  'links.open': { args: z.url().max(4096), result: none },
  'clipboard.write': { args: z.string().max(20_000), result: none },
  /** Solves the reCAPTCHA in the verification window; production only. */
  'verification.solve': { args: none, result: z.strictObject({ token: z.string() }) },

  // --- settings of this machine
  'settings.get': { args: none, result: settingsSchema },
  'settings.set': { args: settingsSchema.partial(), result: settingsSchema },

  // --- which chat the person looks at: no notification for it while the window has focus
  'view.setOpenChat': { args: chatIdSchema.nullable(), result: none },

  // --- the replica of the signed-in account
  'replica.open': { args: z.strictObject({ userId: userIdSchema }), result: replicaStatusSchema },
  'replica.close': { args: none, result: none },
  /** Removes the open account's replica from this machine: signing out. */
  /** Removes an account's replica from this machine, open or not; what another program holds, at the next start. None is open afterwards. */
  'replica.erase': { args: z.strictObject({ userId: userIdSchema }), result: none },
  'replica.account': { args: none, result: accountSchema },
  'replica.marks': { args: none, result: z.partialRecord(markNameSchema, serverTimeSchema) },

  'replica.chats': { args: none, result: z.array(chatSchema) },
  'replica.people': { args: none, result: z.array(personSchema) },
  'replica.activities': { args: none, result: z.array(activitySchema) },
  /** Up to `limit` messages older than `before` (or the newest ones), oldest first. */
  'replica.messages': {
    args: z.strictObject({
      chatId: chatIdSchema,
      before: cursorSchema.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    result: z.array(messageSchema),
  },
  'replica.search': {
    args: z.strictObject({
      text: z.string().max(200),
      chatId: chatIdSchema.nullable(),
      limit: z.number().int().min(1).max(200),
    }),
    result: z.array(messageSchema),
  },
  /** How far a chat's messages have been read from the wire: what `sync` asks from. */
  'replica.chatSync': {
    args: z.strictObject({ chatId: chatIdSchema }),
    result: z.strictObject({
      /** Newest `updatedAt` applied; 0: nothing yet. */
      mark: serverTimeSchema,
      /** messageCount that the applied messages account for; a larger one on the chat means that some are missing. */
      syncedCount: z.number().int().nonnegative(),
      oldest: cursorSchema.nullable(),
      historyComplete: z.boolean(),
    }),
  },

  // --- what arrived from the wire; each call is one transaction, idempotent, and moves the mark with the rows
  'replica.applyChats': {
    args: z.strictObject({ chats: z.array(wireChatSchema).max(1000), mark: serverTimeSchema }),
    result: none,
  },
  'replica.removeChats': { args: z.strictObject({ chatIds: z.array(chatIdSchema).max(1000) }), result: none },
  /**
   * `live`: newly arrived, may notify, owes a delivery receipt. `history`: older pages and a first load.
   * `mark`: newest updatedAt of the batch (null for history). `syncedCount`: set when the chat is known complete up to it;
   * what is inserted live raises it by itself. `historyComplete`: what is still to come will come as changes after the mark.
   */
  'replica.applyMessages': {
    args: z.strictObject({
      chatId: chatIdSchema,
      messages: z.array(wireMessageSchema).max(1000),
      source: z.enum(['live', 'history']),
      mark: serverTimeSchema.nullable(),
      syncedCount: z.number().int().nonnegative().nullable(),
      historyComplete: z.boolean().nullable(),
    }),
    result: z.strictObject({
      /** How many the wire had not delivered before: an own message that was queued here counts when it comes back. */
      inserted: z.number().int(),
      /** As in `replica.chatSync`, after this. */
      syncedCount: z.number().int().nonnegative(),
    }),
  },
  'replica.applyActivities': {
    args: z.strictObject({
      activities: z.array(activitySchema).max(1000),
      mark: serverTimeSchema.nullable(),
    }),
    result: none,
  },
  'replica.applyChatStates': {
    args: z.strictObject({ states: z.array(chatStateSchema).max(1000), mark: serverTimeSchema }),
    result: none,
  },
  'replica.applyProfiles': {
    args: z.strictObject({ profiles: z.array(profileSchema).max(1000) }),
    result: none,
  },
  'replica.applyContacts': {
    args: z.strictObject({ contacts: z.array(contactSchema).max(1000), mark: serverTimeSchema }),
    result: none,
  },
  'replica.applyBlocks': {
    args: z.strictObject({
      blocks: z.array(z.strictObject({ userId: userIdSchema, blocked: z.boolean() })).max(1000),
      mark: serverTimeSchema,
    }),
    result: none,
  },
  'replica.applyAccount': { args: accountSchema.partial(), result: none },

  // --- what the person does; each call is one transaction: the effect on the replica and the durable outbox row
  /** Makes the direct chat known here; it reaches the wire with its first message. */
  'replica.openDirectChat': {
    args: z.strictObject({ peerId: userIdSchema }),
    result: z.strictObject({ chatId: chatIdSchema }),
  },
  'replica.setDraft': {
    args: z.strictObject({ chatId: chatIdSchema, text: z.string().max(100_000) }),
    result: none,
  },
  /** Queues a message and clears the chat's draft; `seq` is raised above what waits. Queuing the same id again changes nothing. */
  'replica.send': { args: messageSchema, result: none },
  /** Everything up to (readCount, readAt) has been seen. Never goes back. */
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
      patch: chatStateSchema
        .pick({ pinned: true, archived: true, mutedUntil: true, markedUnread: true })
        .partial(),
    }),
    result: none,
  },
  'replica.setContact': { args: contactSchema, result: none },
  'replica.setBlocked': {
    args: z.strictObject({ userId: userIdSchema, blocked: z.boolean() }),
    result: none,
  },
  'replica.setProfile': { args: ownProfileSchema, result: none },
  'replica.setPrivacy': { args: privacySchema, result: none },

  // --- the outbox
  /** All waiting intents, oldest first; a failed message is not waiting. */
  'outbox.pending': { args: none, result: z.array(outboxOpSchema) },
  /** How many messages are not on the wire, those that failed among them: what signing out would lose. */
  'outbox.unsentCount': { args: none, result: z.number().int().nonnegative() },
  /** `done` and `dropped` remove the row if it still has that version; `failed` (send only) keeps it until retried or discarded. */
  'outbox.settle': {
    args: z.strictObject({
      kind: outboxKindSchema,
      key: z.string().max(400),
      version: z.number().int(),
      outcome: z.enum(['done', 'dropped', 'failed']),
      failure: failureSchema.nullable(),
    }),
    result: none,
  },
  'outbox.retry': { args: z.strictObject({ messageId: messageIdSchema }), result: none },
  /** Takes a failed message back; its text is returned to the chat's draft when that is empty. */
  'outbox.discard': { args: z.strictObject({ messageId: messageIdSchema }), result: none },
} as const satisfies Record<string, { args: z.ZodType; result: z.ZodType }>

export type Methods = typeof methods
export type MethodName = keyof Methods
export type Args<M extends MethodName> = z.infer<Methods[M]['args']>
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>

/** What a failed call answers. `store` and `internal` are ours to mend; the others say what the caller did wrong. */
export const bridgeFailureSchema = z.strictObject({
  code: z.enum([
    'forbidden',
    'unknown-method',
    'invalid-args',
    'no-account',
    'refused',
    'cancelled',
    'store',
    'internal',
  ]),
  message: z.string(),
})
export type BridgeFailure = z.infer<typeof bridgeFailureSchema>
export type Answer<T> = { ok: true; value: T } | { ok: false; error: BridgeFailure }

/** `click`: the person chose it, on a notification or in the tray. `link`: any web page may have opened it. */
export const navigationSchema = z.strictObject({
  destination: destinationSchema,
  by: z.enum(['click', 'link']),
})
export type NavigationRequest = z.infer<typeof navigationSchema>

/** The rows that one transaction changed, whole: what the renderer's store takes over. */
export const replicaChangeSchema = z.strictObject({
  chats: z.array(chatSchema),
  removedChatIds: z.array(chatIdSchema),
  messages: z.array(messageSchema),
  removedMessageIds: z.array(messageIdSchema),
  people: z.array(personSchema),
  activities: z.array(activitySchema),
  account: accountSchema.nullable(),
  /** All waiting intents, as `outbox.pending` answers them, when there is one that was not before. */
  outbox: z.array(outboxOpSchema).nullable(),
})
export type ReplicaChange = z.infer<typeof replicaChangeSchema>

export const powerStateSchema = z.enum(['active', 'idle', 'locked', 'suspended', 'quitting'])
export type PowerState = z.infer<typeof powerStateSchema>

export const events = {
  'replica.changed': replicaChangeSchema,
  /** The store had to begin anew: rows may have changed unannounced, and no account may be open. Open it, and read all again. */
  'replica.interrupted': z.strictObject({}),
  'settings.changed': settingsSchema,
  'window.focus': z.strictObject({ focused: z.boolean() }),
  /** What the operating system says of the person: drives presence. */
  'power.state': z.strictObject({ state: powerStateSchema }),
  navigate: navigationSchema,
} as const satisfies Record<string, z.ZodType>

export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>
export type BridgeEvent = { [E in EventName]: { name: E; payload: EventPayload<E> } }[EventName]

/** What the preload exposes as `window.perch`. */
export interface PreloadBridge {
  call(method: string, args: unknown): Promise<Answer<unknown>>
  /** One listener hears all events; returns how to stop. */
  listen(listener: (event: BridgeEvent) => void): () => void
}
