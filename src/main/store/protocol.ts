import type { BridgeFailure } from '#shared/bridge/contract.ts'
import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { CallArgs, CallMethod, CallResult } from './main-methods.ts'

/** A message that someone else has just sent, with what its notification shows. `senderName` may be empty. */
export interface IncomingMessage {
  message: Message
  chat: Chat
  senderName: string
  /** The names of the people whom the message mentions; each may be empty. */
  names: ReadonlyMap<UserId, string>
}

/** Logs events by ids and codes, never with the content of a message. */
export type StoreLog = (event: string, detail: string) => void

/** A call on its way to the worker. */
export type StoreCall = {
  [M in CallMethod]: { type: 'call'; id: number; account: UserId; method: M; args: CallArgs<M> }
}[CallMethod]

/** `close` ends the worker. */
export type ToWorker = StoreCall | { type: 'close' }

/**
 * A call's `changed` is posted before its `reply`, so when a call resolves, its change has been announced. `freed`: nothing refers to
 * these files any more. `lost`: the open replica was damaged and moved aside; no account is open.
 */
export type FromWorker =
  | { type: 'reply'; id: number; value: CallResult<CallMethod> }
  | { type: 'failure'; id: number; error: BridgeFailure }
  | { type: 'changed'; account: UserId; change: ReplicaChange; incoming: IncomingMessage[] }
  | { type: 'freed'; account: UserId; sha256s: Sha256[] }
  | { type: 'lost'; account: UserId }
  | { type: 'log'; event: string; detail: string }
