import type { DocumentReference, Firestore, Timestamp } from 'firebase-admin/firestore'
import type { UserId } from '../../src/shared/domain/ids.ts'
import { parseBlock, parseChat, parseChatState, parseDevice, type Chat } from './documents.ts'
import type { Choices } from './recipients.ts'

/** Most devices of one person that get pushes: those that were used last. */
const DEVICE_LIMIT = 20
/** gRPC status of a document that exists already. */
const ALREADY_EXISTS = 6

export interface Device {
  userId: UserId
  id: string
  token: string
  /** When its document was last changed, by the server's clock. */
  changedAt: Timestamp
}

/** The reads and writes of the functions that send pushes. */
export interface Database {
  chat(chatId: string): Promise<Chat | undefined>
  devices(userId: UserId): Promise<Device[]>
  device(userId: UserId, deviceId: string): Promise<Device | undefined>
  /** Returns the choices of these people about a chat and the sender of a message. */
  choices(chatId: string, senderId: UserId, userIds: readonly UserId[]): Promise<Map<UserId, Choices>>
  /** Takes an id that can be taken only once. Returns false if it has been taken. `now`: ms. */
  claim(id: string, now: number): Promise<boolean>
  /** Removes a device, unless it has got another token meanwhile. */
  remove(device: Device): Promise<void>
}

/** How long (ms) a claim is kept. Firestore repeats events for at most a day. */
const CLAIM_LIFETIME_MS = 7 * 24 * 3600_000

export function openDatabase(db: Firestore): Database {
  const ofUser = (userId: string, ...path: string[]): DocumentReference =>
    db.doc(['users', userId, ...path].join('/'))
  return {
    async chat(chatId) {
      return parseChat((await db.doc(`chats/${chatId}`).get()).data())
    },
    async devices(userId) {
      const newest = ofUser(userId).collection('devices').orderBy('updatedAt', 'desc').limit(DEVICE_LIMIT)
      const { docs } = await newest.get()
      return docs.flatMap((found) => {
        const device = parseDevice(found.id, found.data())
        return device === undefined ? [] : [{ ...device, userId, changedAt: found.updateTime }]
      })
    },
    async device(userId, deviceId) {
      const found = await ofUser(userId, 'devices', deviceId).get()
      const device = parseDevice(found.id, found.data())
      if (device === undefined || found.updateTime === undefined) return undefined
      return { ...device, userId, changedAt: found.updateTime }
    },
    async choices(chatId, senderId, userIds) {
      if (userIds.length === 0) return new Map()
      const blocks = userIds.map((userId) => ofUser(userId, 'blocked', senderId))
      const states = userIds.map((userId) => ofUser(userId, 'chats', chatId))
      const found = await db.getAll(...blocks, ...states)
      return new Map(
        userIds.map((userId, index) => [
          userId,
          {
            blocksSender: parseBlock(found[index]?.data()),
            state: parseChatState(found[userIds.length + index]?.data()),
          },
        ]),
      )
    },
    async claim(id, now) {
      try {
        await db.doc(`pushes/${id}`).create({ expiresAt: new Date(now + CLAIM_LIFETIME_MS) })
        return true
      } catch (error) {
        if (isStatus(error, ALREADY_EXISTS)) return false
        throw error
      }
    },
    async remove({ userId, id, changedAt }) {
      // The precondition fails when the device has registered again; then its new token stays.
      await ofUser(userId, 'devices', id)
        .delete({ lastUpdateTime: changedAt })
        .catch(() => undefined)
    },
  }
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof Error && 'code' in error && error.code === status
}
