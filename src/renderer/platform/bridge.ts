import {
  methods,
  type Args,
  type BridgeEvent,
  type BridgeFailure,
  type EventName,
  type EventPayload,
  type MethodName,
  type PreloadBridge,
  type Result,
} from '#shared/bridge.ts'

/** A call that main answered with a failure, or (`internal`) with what the contract does not know. */
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
  /** Rejects with a BridgeError and nothing else. */
  call<M extends MethodName>(method: M, ...args: CallArgs<M>): Promise<Result<M>>
  /** Hears one kind of event, in the order in which main sent them; returns how to stop. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void
}

type CallArgs<M extends MethodName> = undefined extends Args<M> ? [] : [Args<M>]

type ResultParsers = { [M in MethodName]: { result: { parse(value: unknown): Result<M> } } }
const parsers: ResultParsers = methods

/**
 * Types the bridge; answers are parsed, so that what a type says is so. Events are taken as they are: main's own types hold for
 * them, and it has parsed what they are made of.
 */
export function createPlatform(preload: PreloadBridge): Platform {
  const listeners = new Set<(event: BridgeEvent) => void>()
  preload.listen((event) => {
    for (const listener of listeners) listener(event)
  })
  return {
    async call(method, ...args) {
      const answer = await preload.call(method, args[0])
      if (!answer.ok) throw new BridgeError(answer.error)
      try {
        return parsers[method].result.parse(answer.value)
      } catch (cause) {
        throw new BridgeError(
          { code: 'internal', message: `${method}: not what the contract says` },
          { cause },
        )
      }
    },
    on(event, listener) {
      const hear = (heard: BridgeEvent): void => {
        if (isEvent(heard, event)) listener(heard.payload)
      }
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
}

function isEvent<E extends EventName>(
  event: BridgeEvent,
  name: E,
): event is BridgeEvent & { name: E; payload: EventPayload<E> } {
  return event.name === name
}
