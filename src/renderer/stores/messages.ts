import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'

/*
 * The messages of all chats, in one map. Each view of messages (the open conversation, later quotes, pins or search results) is
 * a list of keys into it.
 */

/** Chat and id together, because an id is unique in its chat only. */
export type MessageKey = `${ChatId}/${MessageId}`
export type Messages = ReadonlyMap<MessageKey, Message>

export function keyOf({ chatId, id }: { chatId: ChatId; id: MessageId }): MessageKey {
  return `${chatId}/${id}`
}

export function keysOf(messages: readonly Message[]): MessageKey[] {
  return messages.map(keyOf)
}

/** Returns the same map when there is nothing to add. */
export function withMessages(current: Messages, added: readonly Message[]): Messages {
  if (added.length === 0) return current
  const messages = new Map(current)
  for (const message of added) messages.set(keyOf(message), message)
  return messages
}

/** Keeps only the messages that some view shows. */
export function onlyShown(current: Messages, views: readonly (readonly MessageKey[])[]): Messages {
  const shown = new Set(views.flat())
  return new Map([...current].filter(([key]) => shown.has(key)))
}

/** Returns the chat's messages of `saving` that the replica has not announced yet. They come after all others. */
export function unsavedOf(chatId: ChatId, saving: readonly Message[], announced: Messages): Message[] {
  return saving.filter((message) => message.chatId === chatId && !announced.has(keyOf(message)))
}

/** Returns the messages of a view, in its order. */
export function messagesOf(messages: Messages, keys: readonly MessageKey[]): Message[] {
  return keys.flatMap((key) => messages.get(key) ?? [])
}
