import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { ActivityRepository } from '../data/activity-repository.ts'
import type { AppStore } from '../stores/app-store.ts'
import { serverNow } from './clock.ts'

const TYPING_LASTS_MS = 6000
/** While typing goes on, it is said again after this. */
const SAY_AGAIN_MS = 4000

/** Writes this person's document in each chat's activity: watermarks and typing share it, so one place composes it. */
export class OwnActivity {
  readonly #store: AppStore
  readonly #repository: Pick<ActivityRepository, 'write'>
  readonly #me: UserId
  readonly #typingUntil = new Map<ChatId, number>()

  constructor(store: AppStore, repository: Pick<ActivityRepository, 'write'>, me: UserId) {
    this.#store = store
    this.#repository = repository
    this.#me = me
  }

  /** Says nothing to someone blocked. Rejects with a WireError. */
  async writeWatermarks(
    chatId: ChatId,
    memberIds: readonly UserId[],
    watermarks: Pick<Activity, 'deliveredAt' | 'readAt'>,
  ): Promise<void> {
    if (this.#isBlocked(memberIds)) return
    const until = this.#typingUntil.get(chatId) ?? 0
    const typingUntil = until > serverNow(this.#store) ? until : null
    await this.#repository.write(chatId, memberIds, { ...watermarks, typingUntil })
  }

  /** The person types; may be called with every key. Nothing is said while it would reach nobody in time. */
  typing(chatId: ChatId): void {
    const now = serverNow(this.#store)
    const saidUntil = this.#typingUntil.get(chatId) ?? 0
    if (saidUntil - now > TYPING_LASTS_MS - SAY_AGAIN_MS) return
    if (this.#sayTyping(chatId, now + TYPING_LASTS_MS)) this.#typingUntil.set(chatId, now + TYPING_LASTS_MS)
  }

  /** The text was sent. */
  stopTyping(chatId: ChatId): void {
    const until = this.#typingUntil.get(chatId) ?? 0
    this.#typingUntil.delete(chatId)
    if (until > serverNow(this.#store)) this.#sayTyping(chatId, null)
  }

  #sayTyping(chatId: ChatId, typingUntil: number | null): boolean {
    const { chats, activities, connection } = this.#store.getState()
    const chat = chats.get(chatId)
    if (chat === undefined || !chat.onWire || connection !== 'online') return false
    if (this.#isBlocked(chat.memberIds)) return false
    const own = activities.get(chatId)?.find(({ userId }) => userId === this.#me)
    const watermarks = { deliveredAt: own?.deliveredAt ?? null, readAt: own?.readAt ?? null }
    // It does not matter enough to be tried again: another device of this person may know of later watermarks.
    this.#repository.write(chatId, chat.memberIds, { ...watermarks, typingUntil }).catch(() => undefined)
    return true
  }

  #isBlocked(memberIds: readonly UserId[]): boolean {
    const { people } = this.#store.getState()
    return memberIds.some((id) => people.get(id)?.blocked === true)
  }
}
