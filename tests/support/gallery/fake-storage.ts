import type { ChatId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { StorageService, StorageUsage } from '../../../src/renderer/services/services.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'

type Taken = StorageUsage['other']

/** Files that are counted as if each chat had some: their sizes follow from the order of the chats. */
export function fakeStorage(
  store: AppStore,
  request: (name: string, ...args: unknown[]) => Promise<void>,
  keptOnes: ReadonlySet<Sha256 | null>,
): StorageService {
  const cleared = new Set<ChatId>()
  let traffic = {
    thisMonth: { sent: 48_300_000, received: 1_240_000_000 },
    lastMonth: { sent: 0, received: 812_000 },
  }
  const chats = (): (Taken & { chatId: ChatId })[] =>
    [...store.getState().chats.keys()]
      .map((chatId, n) => ({ chatId, size: Math.round(812_000_000 / 3 ** n) + 900, files: 90 - n }))
      .filter(({ chatId }) => !cleared.has(chatId))
  const share = (part: number): Taken =>
    chats().reduce<Taken>(
      (sum, { size, files }) => ({
        size: sum.size + Math.round(size * part),
        files: sum.files + Math.round(files * part),
      }),
      { size: 0, files: 0 },
    )
  const messagesOf = (chatId: ChatId): Message[] =>
    [...store.getState().messages.values()].filter(
      ({ chatId: of, body }) => of === chatId && attachmentOf(body) !== null,
    )
  return {
    async usage() {
      await request('storage.usage')
      return {
        photo: share(0.5),
        video: share(0.3),
        voice: share(0.02),
        file: share(0.15),
        other: share(0.03),
        removable: share(0.9),
      }
    },
    async chats(limit) {
      await request('storage.chats', limit)
      return { chats: chats().slice(0, limit), hasMore: chats().length > limit }
    },
    async files(chatId, limit) {
      await request('storage.files', chatId, limit)
      const files = messagesOf(chatId).map((message) => ({
        message,
        size: attachmentOf(message.body)?.size ?? 0,
        kept: keptOnes.has(attachmentOf(message.body)?.sha256 ?? null),
      }))
      return { files: files.slice(0, limit), hasMore: files.length > limit }
    },
    async free(chatId) {
      await request('storage.free', chatId)
      const freed = chats().filter((chat) => chatId === null || chat.chatId === chatId)
      for (const chat of freed) cleared.add(chat.chatId)
      return {
        files: freed.reduce((sum, { files }) => sum + files, 0),
        size: freed.reduce((sum, { size }) => sum + size, 0),
      }
    },
    async messageOf(chatId, sha256) {
      await Promise.resolve()
      return messagesOf(chatId).find(({ body }) => attachmentOf(body)?.sha256 === sha256) ?? null
    },
    async traffic() {
      await Promise.resolve()
      return traffic
    },
    async resetTraffic() {
      await request('storage.resetTraffic')
      const nothing = { sent: 0, received: 0 }
      traffic = { thisMonth: nothing, lastMonth: nothing }
    },
  }
}
