import { chatIdSchema, messageIdSchema, type UserId } from '../../src/shared/domain/ids.ts'
import type { Push } from '../../src/shared/push.ts'
import type { Database, Device } from './database.ts'
import { parseMessage, type Chat, type Message } from './documents.ts'
import { concernsOthers, recipientsOf, wants, type Recipient } from './recipients.ts'
import { sendAll, type PushMessage, type PushSender } from './sender.ts'

export interface PushTools {
  database: Database
  sender: PushSender
  /** ms */
  now: () => number
}

/** A new document of `chats/{chatId}/messages`. */
export interface CreatedMessage {
  chatId: string
  messageId: string
  data: unknown
}

export interface PushReport {
  sent: number
  dead: number
  failed: number
}

const nothing: PushReport = { sent: 0, dead: 0, failed: 0 }

/**
 * Sends a push to the devices of everyone whom the new message concerns. Firestore delivers an event at least once, and a push is only
 * a hint. So the message is claimed before anything is sent: a repeated event sends nothing, and after a crash in between a push may be
 * missing, but none comes twice.
 */
export async function pushMessage(tools: PushTools, created: CreatedMessage): Promise<PushReport> {
  const { database, sender, now } = tools
  const ids = readIds(created)
  const message = parseMessage(created.data)
  if (ids === undefined || message === undefined || !concernsOthers(message)) return nothing
  const chat = await database.chat(ids.chatId)
  if (chat === undefined) return nothing
  const reachable = await reachableRecipients(database, ids.chatId, message, chat, now())
  // No id contains a colon, so nobody can take the claim of a message of another chat.
  if (reachable.length === 0 || !(await database.claim(`${ids.chatId}:${ids.messageId}`, now())))
    return nothing
  const messages = reachable.map(({ device, recipient }): PushMessage => ({
    token: device.token,
    push: toPush(recipient, ids),
    urgency: chat.kind === 'direct' || recipient.mentioned ? 'high' : 'normal',
  }))
  const outcomes = await sendAll(sender, messages)
  const dead = reachable.filter((_, index) => outcomes[index] === 'dead')
  await Promise.all(dead.map(({ device }) => database.remove(device)))
  const count = (outcome: string): number => outcomes.filter((one) => one === outcome).length
  return { sent: count('sent'), dead: dead.length, failed: count('failed') }
}

type MessageIds = NonNullable<ReturnType<typeof readIds>>

function readIds({ chatId, messageId }: CreatedMessage) {
  const chat = chatIdSchema.safeParse(chatId)
  const message = messageIdSchema.safeParse(messageId)
  return chat.success && message.success ? { chatId: chat.data, messageId: message.data } : undefined
}

interface Reachable {
  recipient: Recipient
  device: Device
}

/** Looks for devices first: what people without one have chosen need not be read. */
async function reachableRecipients(
  database: Database,
  chatId: string,
  message: Message,
  chat: Chat,
  now: number,
): Promise<Reachable[]> {
  const found = await Promise.all(
    recipientsOf(message, chat).map(async (recipient) =>
      (await database.devices(recipient.userId)).map((device) => ({ recipient, device })),
    ),
  )
  const withDevice = found.flat()
  const userIds = [...new Set<UserId>(withDevice.map(({ recipient }) => recipient.userId))]
  const choices = await database.choices(chatId, message.senderId, userIds)
  return withDevice.filter(({ recipient }) => {
    const chosen = choices.get(recipient.userId)
    return chosen !== undefined && wants(recipient, chosen, now)
  })
}

function toPush({ userId, type, mentioned }: Recipient, ids: MessageIds): Push {
  return type === 'added'
    ? { type, account: userId, ...ids }
    : { type, account: userId, ...ids, mentioned: mentioned ? '1' : '0' }
}
