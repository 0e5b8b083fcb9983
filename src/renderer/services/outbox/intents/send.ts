import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import { attachmentOf, endsMembership } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { ChatWrite } from '../../../data/messages-repository.ts'
import type { Wire } from '../../../data/wire.ts'
import { toWireError } from '../../../data/wire-error.ts'
import type { AccountBridge } from '../../../platform/bridge.ts'
import type { AppStore } from '../../../stores/app-store.ts'
import type { Outcome } from '../outcome.ts'
import type { IntentWriter } from './intent.ts'
import { smallerBatches } from './smaller-batches.ts'

export const send: IntentWriter<'send'> = {
  write: ({ sender }, message) => sender.send(message),
  // The sender handles denials itself: a denied message may have been delivered.
  onDenied: null,
  mustWait: ({ sender }, { chatId }) => sender.isCreating(chatId),
  // After a restart, the wire may have the message already. Writing it again would be denied, and the SDK then opens a new stream.
  catchUpGroup: ({ chatId }) => chatId,
  // Messages with files wait for their files, so without this a small one would overtake a large one.
  queue: ({ chatId, body }) => (attachmentOf(body) === null ? null : chatId),
}

/** Writes messages to the wire. The first message of a chat creates the chat; the others wait for it. */
export class MessageSender {
  readonly #store: AppStore
  readonly #wire: Pick<Wire, 'messages' | 'chats'>
  readonly #replica: AccountBridge
  readonly #creating = new Set<ChatId>()
  /** Chats created in this session. Their `onWire` in the store becomes true a moment later. */
  readonly #created = new Set<ChatId>()

  constructor(store: AppStore, wire: Pick<Wire, 'messages' | 'chats'>, replica: AccountBridge) {
    this.#store = store
    this.#wire = wire
    this.#replica = replica
  }

  /** True while the first message of the chat is in flight; later ones wait for its outcome. */
  isCreating(chatId: ChatId): boolean {
    return this.#creating.has(chatId)
  }

  /** Rejects with a WireError when the message is to be retried. */
  async send(message: Message): Promise<Outcome> {
    const { chatId } = message
    const isCreating = !this.isOnWire(chatId)
    if (isCreating) this.#creating.add(chatId)
    try {
      const outcome = await this.#deliver(message, isCreating)
      if (outcome.outcome === 'done') this.#created.add(chatId)
      return outcome
    } finally {
      if (isCreating) this.#creating.delete(chatId)
    }
  }

  async #deliver(message: Message, isCreating: boolean): Promise<Outcome> {
    const { messages, chats } = this.#wire
    const { id, chatId, seq, body, deletedAt } = message
    // The person has deleted it. If it never arrived, nobody needs to see that.
    if (deletedAt !== null) return { outcome: (await messages.wasSent(chatId, id)) ? 'done' : 'dropped' }
    const memberIds = this.#store.getState().chats.get(chatId)?.memberIds
    if (body === null || memberIds === undefined) return { outcome: 'failed', failure: 'invalid' }
    const write = (chat: ChatWrite): Promise<void> => messages.send({ id, chatId, seq, body }, chat)
    const create: ChatWrite = { create: { memberIds } }
    try {
      await write(isCreating ? create : 'update')
      return { outcome: 'done' }
    } catch (error) {
      const { failure } = toWireError(error)
      if (failure === 'invalid') return { outcome: 'failed', failure }
      if (failure !== 'denied') throw error
    }
    // An earlier attempt may have succeeded without its response reaching this device.
    if (await messages.wasSent(chatId, id)) return { outcome: 'done' }
    const chat = await chats.get(chatId)
    const exists = chat !== undefined
    const smaller = smallerBatches(body, chat, message.senderId)
    if (smaller !== null) return this.#split(message, smaller, isCreating)
    // This person is no longer a member. Whether by this event or because someone else was faster cannot be read any more.
    if (endsMembership(body) && !exists) return { outcome: 'dropped' }
    // A retry helps only after a wrong guess: the other person has just created the chat, or the chat is not on the wire after all.
    if (exists !== isCreating) return { outcome: 'failed', failure: 'denied' }
    try {
      await write(exists ? 'update' : create)
      return { outcome: 'done' }
    } catch (error) {
      if (toWireError(error).failure !== 'denied') throw error
      return (await messages.wasSent(chatId, id))
        ? { outcome: 'done' }
        : { outcome: 'failed', failure: 'denied' }
    }
  }

  /** Delivers the first event in place of the message. The others are queued behind it. */
  async #split(message: Message, events: EventBody[], isCreating: boolean): Promise<Outcome> {
    const [first] = events
    if (first === undefined) return { outcome: 'dropped' }
    // The replica has the new events before the first is sent, so a restart continues here.
    await this.#replica.call('outbox.split', { messageId: message.id, events })
    return this.#deliver({ ...message, body: first }, isCreating)
  }

  /** The newest message of a chat, as far as this device knows. */
  newestIn(chatId: ChatId): MessageId | undefined {
    return this.#store.getState().chats.get(chatId)?.last?.id
  }

  /** Whether the chat is on the wire, even if the store does not know it yet. */
  isOnWire(chatId: ChatId): boolean {
    return this.#created.has(chatId) || this.#store.getState().chats.get(chatId)?.onWire === true
  }
}
