import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { ActivityRepository } from '../../data/activity-repository.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { serverNow } from '../session/clock.ts'

/** Typing is written only after this delay, so that a text that is sent at once costs no extra write. */
const TYPING_STARTS_MS = 300
const TYPING_LASTS_MS = 6000
/** Time between two writes while the person keeps typing. */
const REPEAT_MS = 4000

/** Writes this person's activity document of each chat. Watermarks and typing share the document, so one place composes it. */
export class ReceiptsAndTyping {
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

  /** Writes nothing in a chat with someone blocked. Rejects with a WireError. */
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

  /** Call it on every input. Writes nothing while offline: the typing state would arrive too late. */
  typing(chatId: ChatId): void {
    const writtenUntil = this.#typingUntil.get(chatId) ?? 0
    if (this.#starting.has(chatId) || writtenUntil - serverNow(this.#store) > TYPING_LASTS_MS - REPEAT_MS)
      return
    const start = setTimeout(() => {
      this.#starting.delete(chatId)
      const until = serverNow(this.#store) + TYPING_LASTS_MS
      if (this.#writeTyping(chatId, until)) this.#typingUntil.set(chatId, until)
    }, TYPING_STARTS_MS)
    this.#starting.set(chatId, start)
  }

  /** Call it when the text was sent. Writes nothing: the message itself ends typing (see `typingUntil` in receipts.ts). */
  stopTyping(chatId: ChatId): void {
    clearTimeout(this.#starting.get(chatId))
    this.#starting.delete(chatId)
    this.#typingUntil.delete(chatId)
  }

  #writeTyping(chatId: ChatId, typingUntil: number): boolean {
    const { chats, activities, connection } = this.#store.getState()
    const chat = chats.get(chatId)
    if (chat?.kind !== 'direct' || !chat.onWire || connection !== 'online') return false
    if (this.#isBlocked(chat.memberIds)) return false
    const own = activities.get(chatId)?.find(({ userId }) => userId === this.#me)
    const watermarks = { deliveredAt: own?.deliveredAt ?? null, readAt: own?.readAt ?? null }
    // Not retried: typing is unimportant, and another device of this person may have written later watermarks.
    this.#repository.write(chatId, chat.memberIds, { ...watermarks, typingUntil }).catch(() => undefined)
    return true
  }

  #isBlocked(memberIds: readonly UserId[]): boolean {
    const { people } = this.#store.getState()
    return memberIds.some((id) => people.get(id)?.blocked === true)
  }
}
