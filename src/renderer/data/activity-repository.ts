import { doc, serverTimestamp, setDoc } from 'firebase/firestore'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { Lane } from './lanes.ts'
import { timestampOrNull, type WireContext } from './reading.ts'
import { accepted } from './wire-error.ts'

export class ActivityRepository {
  readonly #lane: Lane
  readonly #me: UserId
  readonly #context: WireContext

  constructor(lane: Lane, me: UserId, context: WireContext) {
    this.#lane = lane
    this.#me = me
    this.#context = context
  }

  /** Replaces the own activity document of a chat. Resolves when the server has accepted it. */
  async write(
    chatId: ChatId,
    memberIds: readonly UserId[],
    { deliveredAt, readAt, typingUntil }: Pick<Activity, 'deliveredAt' | 'readAt' | 'typingUntil'>,
  ): Promise<void> {
    const reference = doc(await this.#lane.db(), 'chats', chatId, 'activity', this.#me)
    this.#context.operations.wrote(reference.path)
    const fields = {
      memberIds,
      deliveredAt: timestampOrNull(deliveredAt),
      readAt: timestampOrNull(readAt),
      typingUntil: timestampOrNull(typingUntil),
      updatedAt: serverTimestamp(),
    }
    await accepted(() => setDoc(reference, fields))
  }
}
