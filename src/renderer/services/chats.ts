import type { UserId } from '#shared/domain/ids.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppStore } from '../stores/app-store.ts'
import { attempt } from './errors.ts'
import type { People } from './people.ts'
import type { ChatsService, ConversationService } from './services.ts'

export interface ChatsOptions {
  platform: Platform
  store: AppStore
  people: People
  conversation: ConversationService
}

export function createChatsService({ platform, store, people, conversation }: ChatsOptions): ChatsService {
  /** Whoever was found by number keeps it, so that there is something to call them by. */
  async function keepPhone(userId: UserId): Promise<void> {
    const phone = people.foundPhone(userId)
    const person = store.getState().people.get(userId)
    if (phone === undefined || person?.phone === phone) return
    await platform.call('replica.setContact', { id: userId, name: person?.contactName ?? '', phone })
  }

  return {
    openDirect: (userId) =>
      attempt(async () => {
        const { chatId } = await platform.call('replica.openDirectChat', { peerId: userId })
        await keepPhone(userId)
        await conversation.open(chatId)
      }),
    markRead: (chatId) =>
      attempt(async () => {
        const chat = store.getState().chats.get(chatId)
        if (chat === undefined) return
        const { messageCount, last } = chat
        const readAt = last?.delivery === 'sent' ? last.sentAt : null
        await platform.call('replica.markRead', { chatId, readCount: messageCount, readAt })
      }),
    setState: (chatId, patch) => attempt(() => platform.call('replica.setChatState', { chatId, patch })),
  }
}
