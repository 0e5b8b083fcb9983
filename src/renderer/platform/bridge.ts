import type { BridgeFailure } from '#shared/bridge/contract.ts'
import {
  methods,
  type AccountEvent,
  type AccountMethod,
  type Args,
  type BridgeEvent,
  type EventName,
  type EventPayload,
  type MachineEvent,
  type MachineMethod,
  type MethodName,
  type PreloadBridge,
  type Result,
} from '#shared/bridge/index.ts'
import type { UserId } from '#shared/domain/ids.ts'

/** A call failed in main, or its result breaks the contract (`internal`). */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly code: BridgeFailure['code']
  constructor(failure: BridgeFailure, options?: ErrorOptions) {
    super(failure.message, options)
    this.code = failure.code
  }
}

/** The main process, as services see it. */
export interface Platform {
  /** Calls a method of the machine. Rejects with a BridgeError and nothing else. */
  call<M extends MachineMethod>(method: M, ...args: CallArgs<M>): Promise<Result<M>>
  /** Calls the listener with one kind of event, in the order in which main sent them. Returns a function to unsubscribe. */
  on<E extends MachineEvent>(event: E, listener: Listener<E>): () => void
  /** The methods and events of one account. */
  account(account: UserId): AccountBridge
}

/** The main process for one account. A call fails with `no-account` while main has another account open, or none. */
export interface AccountBridge {
  readonly account: UserId
  /** Rejects with a BridgeError and nothing else. */
  call<M extends AccountMethod>(method: M, ...args: CallArgs<M>): Promise<Result<M>>
  on<E extends AccountEvent>(event: E, listener: Listener<E>): () => void
}

type CallArgs<M extends MethodName> = undefined extends Args<M> ? [] : [Args<M>]
/** `account` is null for events of the machine. */
type Listener<E extends EventName> = (payload: EventPayload<E>, account: UserId | null) => void

type ResultParsers = { [M in MethodName]: { result: { parse(value: unknown): Result<M> } } }
const parsers: ResultParsers = methods

/**
 * Adds types to the bridge. Results are parsed, so that their types hold. Events are not parsed: main builds them from parsed
 * values.
 */
export function createPlatform(preload: PreloadBridge): Platform {
  const listeners = new Set<(event: BridgeEvent) => void>()
  preload.listen((event) => {
    for (const listener of listeners) listener(event)
  })

  async function call<M extends MethodName>(
    account: UserId | null,
    method: M,
    args: unknown,
  ): Promise<Result<M>> {
    const answer = await preload.call(account, method, args)
    if (!answer.ok) throw new BridgeError(answer.error)
    try {
      return parsers[method].result.parse(answer.value)
    } catch (cause) {
      const message = `${method}: the result breaks the contract`
      throw new BridgeError({ code: 'internal', message }, { cause })
    }
  }

  function on<E extends EventName>(name: E, listener: Listener<E>): () => void {
    const onEvent = (event: BridgeEvent): void => {
      if (isEvent(event, name)) listener(event.payload, event.account)
    }
    listeners.add(onEvent)
    return () => listeners.delete(onEvent)
  }

  return {
    call: (method, ...args) => call(null, method, args[0]),
    on,
    account: (account) => ({
      account,
      call: (method, ...args) => call(account, method, args[0]),
      on: (name, listener) =>
        on(name, (payload, eventAccount) => {
          if (eventAccount === account) listener(payload, eventAccount)
        }),
    }),
  }
}

function isEvent<E extends EventName>(
  event: BridgeEvent,
  name: E,
): event is BridgeEvent & { name: E; payload: EventPayload<E> } {
  return event.name === name
}
