import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { hasReceipts, type Watermarks } from '#shared/domain/receipts.ts'
import type { ActivityRepository } from '../../data/activity-repository.ts'
import type { AppStore } from '../../stores/app-store.ts'
import { serverNow } from '../session/clock.ts'

/** Typing is written only after this delay, so that a text that is sent at once costs no extra write. */
const TYPING_STARTS_MS = 300
/** In a group every member who looks pays for each write, so it is written less often. The rules allow at most 10 s. */
const TYPING_LASTS_MS = { direct: 6000, group: 9000 } as const
/** While the person keeps typing, it is written again when less time than this is left. */
const RENEWED_BEFORE_MS = 2000

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

  /** Writes nothing where nobody may see it: see `#mayReveal`. Rejects with a WireError. */
  async writeWatermarks(chatId: ChatId, watermarks: Watermarks): Promise<void> {
    const chat = this.#store.getState().chats.get(chatId)
    if (chat === undefined || !this.#mayReveal(chat)) return
    const until = this.#typingUntil.get(chatId) ?? 0
    const typingUntil = until > serverNow(this.#store) ? until : null
    await this.#repository.write(chat, { ...watermarks, typingUntil })
  }

  /** Call it on every input. Writes nothing while offline: the typing state would arrive too late. */
  typing(chatId: ChatId): void {
    const writtenUntil = this.#typingUntil.get(chatId) ?? 0
    if (this.#starting.has(chatId) || writtenUntil - serverNow(this.#store) > RENEWED_BEFORE_MS) return
    const start = setTimeout(() => {
      this.#starting.delete(chatId)
      this.#writeTyping(chatId)
    }, TYPING_STARTS_MS)
    this.#starting.set(chatId, start)
  }

  /** Call it when the text was sent. Writes nothing: the message itself ends typing (see `typingUntil` in receipts.ts). */
  stopTyping(chatId: ChatId): void {
    clearTimeout(this.#starting.get(chatId))
    this.#starting.delete(chatId)
    this.#typingUntil.delete(chatId)
  }

  #writeTyping(chatId: ChatId): void {
    const { chats, activities, connection } = this.#store.getState()
    const chat = chats.get(chatId)
    if (chat === undefined || !chat.onWire || connection !== 'online' || !this.#mayReveal(chat)) return
    const typingUntil = serverNow(this.#store) + TYPING_LASTS_MS[chat.kind]
    this.#typingUntil.set(chatId, typingUntil)
    const own = activities.get(chatId)?.find(({ userId }) => userId === this.#me)
    const watermarks = { deliveredAt: own?.deliveredAt ?? null, readAt: own?.readAt ?? null }
    // Not retried: typing is unimportant, and another device of this person may have written later watermarks.
    this.#repository.write(chat, { ...watermarks, typingUntil }).catch(() => undefined)
  }

  /** False in a large or former group, and in a chat with someone blocked: its members would learn when this person is online. */
  #mayReveal(chat: Chat): boolean {
    const { people } = this.#store.getState()
    return hasReceipts(chat) && !chat.former && !chat.memberIds.some((id) => people.get(id)?.blocked === true)
  }
}
