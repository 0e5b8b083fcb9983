import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { ActivityRepository } from '../data/activity-repository.ts'
import type { AppStore } from '../stores/app-store.ts'
import { serverNow } from './clock.ts'

/** Not said of what is sent at once: the message would have to wait for it. */
const TYPING_STARTS_MS = 300
const TYPING_LASTS_MS = 6000
/** While typing goes on, it is said again after this. */
const SAY_AGAIN_MS = 4000

/** Writes this person's document in each chat's activity: watermarks and typing share it, so one place composes it. */
export class OwnActivity {
  readonly #store: AppStore
  readonly #repository: Pick<ActivityRepository, 'write'>
  readonly #me: UserId
  readonly #typingUntil = new Map<ChatId, number>()
  readonly #starting = new Map<ChatId, ReturnType<typeof setTimeout>>()

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
    const saidUntil = this.#typingUntil.get(chatId) ?? 0
    if (this.#starting.has(chatId) || saidUntil - serverNow(this.#store) > TYPING_LASTS_MS - SAY_AGAIN_MS)
      return
    const start = setTimeout(() => {
      this.#starting.delete(chatId)
      const until = serverNow(this.#store) + TYPING_LASTS_MS
      if (this.#sayTyping(chatId, until)) this.#typingUntil.set(chatId, until)
    }, TYPING_STARTS_MS)
    this.#starting.set(chatId, start)
  }

  /** The text is sent, which says it all (see `typingUntil` of receipts). */
  stopTyping(chatId: ChatId): void {
    clearTimeout(this.#starting.get(chatId))
    this.#starting.delete(chatId)
    this.#typingUntil.delete(chatId)
  }

  #sayTyping(chatId: ChatId, typingUntil: number): boolean {
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
