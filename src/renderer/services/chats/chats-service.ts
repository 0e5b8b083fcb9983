import { MAX_ADDED } from '#shared/domain/group.ts'
import { newGroupId, type ChatId, type UserId } from '#shared/domain/ids.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { messagesOf } from '../../stores/messages.ts'
import { attempt } from '../app/errors.ts'
import { added } from '../outbox/intents/smaller-batches.ts'
import type { People } from '../people/people.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { CurrentAccount } from '../session/account-session.ts'
import type { ChatsService, ConversationService } from '../services.ts'
import { isUnchanged } from './unchanged.ts'

/** Messages with a content that are loaded at a time. */
const CONTENT_PAGE = 120

export interface ChatsOptions {
  account: CurrentAccount
  store: AppStore
  people: People
  conversation: ConversationService & { createGroup(chatId: ChatId, body: EventBody): Promise<void> }
}

export function createChatsService({ account, store, people, conversation }: ChatsOptions): ChatsService {
  const replica = (): AccountBridge => currentReplica(account)

  /** Stores the phone number by which the person was found, so that it can be shown when no name is known. */
  async function storePhone(userId: UserId): Promise<void> {
    const phone = people.foundPhone(userId)
    const person = store.getState().people.get(userId)
    if (phone === undefined || person?.phone === phone) return
    const payload = { id: userId, name: person?.contactName ?? '', phone }
    await replica().call('outbox.add', { kind: 'contact', payload })
  }

  /** In batches that the rules can check. The outbox makes a denied one smaller. */
  async function add(chatId: ChatId, userIds: readonly UserId[]): Promise<void> {
    for (const event of added(userIds, MAX_ADDED)) await conversation.send(chatId, event)
  }

  return {
    openDirect: (userId) =>
      attempt(async () => {
        const { chatId } = await replica().call('replica.openDirectChat', { peerId: userId })
        await storePhone(userId)
        await conversation.open(chatId)
      }),
    createGroup: (title, others) =>
      attempt(async () => {
        const chatId = newGroupId()
        const uids = others.slice(0, MAX_ADDED)
        await conversation.createGroup(chatId, { kind: 'event', event: 'created', uids, title })
        await add(chatId, others.slice(MAX_ADDED))
        await conversation.open(chatId)
      }),
    changeGroup: (chatId, body) =>
      attempt(async () => {
        const { chats, messages, conversation: open, saving } = store.getState()
        const chat = chats.get(chatId)
        // A group is changed in its details, so its messages are those of the open conversation.
        const shown = [...messagesOf(messages, open?.keys ?? []), ...saving]
        const waiting = shown.filter((message) => message.chatId === chatId)
        if (chat === undefined || !isUnchanged(body, chat, waiting)) await conversation.send(chatId, body)
      }),
    addPeople: (chatId, userIds) => attempt(() => add(chatId, userIds)),
    deleteFormer: (chatId) =>
      attempt(async () => {
        if (store.getState().navigation.openChatId === chatId) conversation.close()
        await replica().call('replica.removeChats', { chatIds: [chatId] })
      }),
    contents: (chatId, of, before) =>
      attempt(async () => replica().call('replica.media', { chatId, of, before, limit: CONTENT_PAGE })),
    onDeleted: (chatId, listener) =>
      replica().on('replica.changed', ({ messages, removedMessages }) => {
        const gone = [...messages.filter(({ deletedAt }) => deletedAt !== null), ...removedMessages]
        const ids = gone.flatMap((message) => (message.chatId === chatId ? message.id : []))
        if (ids.length > 0) listener(new Set(ids))
      }),
    markRead: (chatId) =>
      attempt(async () => {
        const chat = store.getState().chats.get(chatId)
        if (chat === undefined) return
        const { messageCount, last } = chat
        const readAt = last?.delivery === 'sent' ? last.sentAt : null
        await replica().call('replica.markRead', { chatId, readCount: messageCount, readAt })
      }),
    setState: (chatId, patch) =>
      attempt(async () => replica().call('replica.setChatState', { chatId, patch })),
  }
}
