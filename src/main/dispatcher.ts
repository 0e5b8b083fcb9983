import type { z } from 'zod'
import {
  methods,
  type Answer,
  type Args,
  type BridgeFailure,
  type MethodName,
  type Result,
} from '#shared/bridge.ts'
import { BridgeError } from './bridge-error.ts'

type Answered<T> = T | Promise<T> | (undefined extends T ? void | Promise<void> : never)

/** One function for each method of the bridge. */
export type Handlers = { [M in MethodName]: (args: Args<M>) => Answered<Result<M>> }

export interface DispatcherOptions {
  handlers: Handlers
  /** Told of what is ours to mend. The renderer is not. */
  onInternalError: (method: MethodName, error: unknown) => void
}

export type Dispatch = (method: unknown, args: unknown) => Promise<Answer<unknown>>

/** Names come from the renderer: own properties only, so that `__proto__` and `constructor` are no methods. */
function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name)
}

/** Where an argument went wrong, without what was in it. */
function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'Invalid arguments.'
  return `${issue.path.map(String).join('.') || 'argument'}: ${issue.code}`.slice(0, 200)
}

function failed(code: BridgeFailure['code'], message: string): Answer<never> {
  return { ok: false, error: { code, message } }
}

/** Answers a call by the bridge's map. Never rejects: every failure is an answer. Answers are parsed by the page that gets them. */
export function createDispatcher({ handlers, onInternalError }: DispatcherOptions): Dispatch {
  async function run(method: MethodName, raw: unknown): Promise<Answer<unknown>> {
    const schema: z.ZodType = methods[method].args
    const args = schema.safeParse(raw)
    if (!args.success) return failed('invalid-args', explain(args.error))
    // Untyped in this one place: that a method's handler takes what its schema gives is what `Handlers` says.
    const value: unknown = await Reflect.apply(handlers[method], undefined, [args.data])
    return { ok: true, value }
  }

  return async (method, args) => {
    if (!isMethodName(method)) return failed('unknown-method', 'There is no such method.')
    try {
      return await run(method, args)
    } catch (error) {
      if (error instanceof BridgeError) return failed(error.code, error.message)
      onInternalError(method, error)
      return failed('internal', 'Something went wrong.')
    }
  }
}
