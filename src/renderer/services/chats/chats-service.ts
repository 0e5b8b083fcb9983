import { MAX_ADDED } from '#shared/domain/group.ts'
import { newGroupId, type ChatId, type UserId } from '#shared/domain/ids.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { attempt } from '../app/errors.ts'
import type { People } from '../people/people.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { CurrentAccount } from '../session/account-session.ts'
import type { ChatsService, ConversationService } from '../services.ts'

export interface ChatsOptions {
  account: CurrentAccount
  store: AppStore
  people: People
  conversation: ConversationService & { createGroup(chatId: ChatId, body: EventBody): Promise<void> }
}

function inBatches(userIds: readonly UserId[], size: number): UserId[][] {
  const batches: UserId[][] = []
  for (let start = 0; start < userIds.length; start += size) batches.push(userIds.slice(start, start + size))
  return batches
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

  return {
    openDirect: (userId) =>
      attempt(async () => {
        const { chatId } = await replica().call('replica.openDirectChat', { peerId: userId })
        await storePhone(userId)
        await conversation.open(chatId)
      }),
    createGroup: (title, others) =>
      attempt(async () => {
        const [first, ...more] = inBatches(others, MAX_ADDED)
        const chatId = newGroupId()
        const created = { kind: 'event', event: 'created', uids: first ?? [], title } as const
        await conversation.createGroup(chatId, created)
        for (const uids of more) await conversation.send(chatId, { kind: 'event', event: 'added', uids })
        await conversation.open(chatId)
      }),
    changeGroup: (chatId, body) => attempt(() => conversation.send(chatId, body)),
    addPeople: (chatId, userIds) =>
      attempt(async () => {
        for (const uids of inBatches(userIds, MAX_ADDED))
          await conversation.send(chatId, { kind: 'event', event: 'added', uids })
      }),
    deleteFormer: (chatId) =>
      attempt(async () => {
        if (store.getState().navigation.openChatId === chatId) conversation.close()
        await replica().call('replica.removeChats', { chatIds: [chatId] })
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
