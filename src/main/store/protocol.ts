import type { Args, BridgeFailure, MethodName, ReplicaChange, Result } from '#shared/bridge.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { Message } from '#shared/domain/message.ts'

/** The methods of the bridge that the store answers. */
export type ReplicaMethod = Extract<MethodName, `replica.${string}` | `outbox.${string}`>

/** A message that has just come in from someone else, with what a notification of it needs. `senderName` may be empty. */
export interface IncomingMessage {
  message: Message
  chat: Chat
  senderName: string
}

/** Says what happened, in ids and codes; never what a message says. */
export type StoreLog = (event: string, detail: string) => void

/** What `replica.*` and `outbox.*` calls look like on their way to the worker; `close` ends it. */
export type ToWorker =
  | { [M in ReplicaMethod]: { type: 'call'; id: number; method: M; args: Args<M> } }[ReplicaMethod]
  | { type: 'close' }

/**
 * A call's `changed` is posted before its `reply`: who awaits a call finds its change announced. `lost`: the open replica
 * was damaged and moved aside, so that no account is open.
 */
export type FromWorker =
  | { type: 'reply'; id: number; value: Result<ReplicaMethod> }
  | { type: 'failure'; id: number; error: BridgeFailure }
  | { type: 'changed'; change: ReplicaChange; incoming: IncomingMessage[] }
  | { type: 'lost' }
  | { type: 'log'; event: string; detail: string }
