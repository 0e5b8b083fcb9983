import type { IntentKind, IntentPayload } from '#shared/intents/index.ts'
import type { Wire } from '../../../data/wire.ts'
import type { AccountBridge } from '../../../platform/bridge.ts'
import type { Transfers } from '../../media/transfers.ts'
import type { GroupActivity } from '../../receipts/group-activity.ts'
import type { ReceiptsAndTyping } from '../../receipts/receipts-and-typing.ts'
import type { MessageSender } from './send.ts'
import type { Outcome } from '../outcome.ts'

/** Everything that writing an intent needs. */
export interface IntentContext {
  replica: AccountBridge
  wire: Wire
  sender: MessageSender
  receipts: ReceiptsAndTyping
  groupActivity: GroupActivity
  transfers: Transfers
  /** Someone was blocked on the wire. */
  onBlocked: () => void
}

/** Writes one kind of intent to the wire. Its lane, pacing and dependencies are in `shared/intents/`. */
export interface IntentWriter<K extends IntentKind> {
  /**
   * Resolves when the server has responded. Rejects with a WireError: `offline` and `unexpected` are retried with backoff, the
   * others go to `onDenied`. An interrupted write is repeated, so it must be idempotent.
   */
  write(context: IntentContext, payload: IntentPayload<K>): Promise<Outcome | void>
  /**
   * After the first denial: prepares for the one retry. A second denial drops the intent. Null: the first denial drops it.
   */
  onDenied: ((context: IntentContext, payload: IntentPayload<K>) => Promise<void>) | null
  /** True while another intent that is in flight must finish first. */
  mustWait(context: IntentContext, payload: IntentPayload<K>): boolean
  /**
   * Intents of an earlier session wait until sync has caught up, and so do later ones of the same group. Null: never waits.
   */
  catchUpGroup(payload: IntentPayload<K>): string | null
  /** While an intent of a queue cannot start, those behind it in the same queue wait too. Null: waits for no other. */
  queue(payload: IntentPayload<K>): string | null
}

/** For intents that wait for nothing. */
export const neverHeld = { mustWait: () => false, catchUpGroup: () => null, queue: () => null }

/**
 * For `onDenied` when the same write may succeed the second time: the rules compare it with a document that another device or an
 * earlier intent may have just changed. Use null when the second write would certainly be denied too.
 */
export const retry = (): Promise<void> => Promise.resolve()
