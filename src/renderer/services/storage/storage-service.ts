import { attempt } from '../app/errors.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { StorageService } from '../services.ts'
import type { CurrentAccount } from '../session/account-session.ts'

export function createStorageService(account: CurrentAccount): StorageService {
  const replica = () => currentReplica(account)
  return {
    usage: () => attempt(() => replica().call('storage.usage')),
    chats: (limit) => attempt(() => replica().call('storage.chats', { limit })),
    files: (chatId, limit) => attempt(() => replica().call('storage.files', { chatId, limit })),
    free: (chatId) => attempt(() => replica().call('media.free', { chatId })),
    messageOf: (chatId, sha256) => attempt(() => replica().call('storage.messageOf', { chatId, sha256 })),
    traffic: () => attempt(() => replica().call('storage.traffic')),
    resetTraffic: () => attempt(() => replica().call('storage.resetTraffic')),
  }
}
