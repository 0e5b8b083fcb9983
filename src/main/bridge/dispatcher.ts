import { z } from 'zod'
import type { Answer, BridgeFailure } from '#shared/bridge/contract.ts'
import {
  accountMethods,
  methods,
  type AccountMethod,
  type Args,
  type MachineMethod,
  type MethodName,
  type Result,
} from '#shared/bridge/index.ts'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { BridgeError } from './bridge-error.ts'

type Returned<T> = T | Promise<T> | (undefined extends T ? void | Promise<void> : never)

/** One function per method of the machine. */
export type MachineHandlers = { [M in MachineMethod]: (args: Args<M>) => Returned<Result<M>> }
/** One function per method of an account. */
export type AccountHandlers = {
  [M in AccountMethod]: (args: Args<M>, account: UserId) => Returned<Result<M>>
}
export type Handlers = MachineHandlers & AccountHandlers

export interface DispatcherOptions {
  handlers: Handlers
  /** False: the app is locked, and the method is not one of those that run all the same. */
  mayRun: (method: MethodName) => boolean
  /** Receives unexpected errors. The page does not learn about them. */
  onInternalError: (method: MethodName, error: unknown) => void
}

export type Dispatch = (account: unknown, method: unknown, args: unknown) => Promise<Answer<unknown>>

/** Names come from the page. Own properties only, so that `__proto__` and `constructor` are not methods. */
function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name)
}

/** The account that a call may name: a user id for the methods of an account, null for all others. */
function accountSchemaOf(method: MethodName): z.ZodType {
  return Object.hasOwn(accountMethods, method) ? userIdSchema : z.null()
}

/** Describes where an argument is invalid, without its content. */
function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'Invalid arguments.'
  return `${issue.path.map(String).join('.') || 'argument'}: ${issue.code}`.slice(0, 200)
}

function failed(code: BridgeFailure['code'], message: string): Answer<never> {
  return { ok: false, error: { code, message } }
}

/** Runs calls from the page. Never rejects: every failure is a normal answer. The page parses the results. */
export function createDispatcher({ handlers, mayRun, onInternalError }: DispatcherOptions): Dispatch {
  async function run(rawAccount: unknown, method: MethodName, rawArgs: unknown): Promise<Answer<unknown>> {
    const account = accountSchemaOf(method).safeParse(rawAccount)
    if (!account.success) return failed('invalid-args', 'The account is invalid.')
    const schema: z.ZodType = methods[method].args
    const args = schema.safeParse(rawArgs)
    if (!args.success) return failed('invalid-args', explain(args.error))
    // Untyped in this one place: `Handlers` ensures that a method's handler takes what its schema returns.
    const value: unknown = await Reflect.apply(handlers[method], undefined, [args.data, account.data])
    return { ok: true, value }
  }

  return async (account, method, args) => {
    if (!isMethodName(method)) return failed('unknown-method', 'There is no such method.')
    if (!mayRun(method)) return failed('locked', 'The app is locked.')
    try {
      return await run(account, method, args)
    } catch (error) {
      if (error instanceof BridgeError) return failed(error.code, error.message)
      onInternalError(method, error)
      return failed('internal', 'Something went wrong.')
    }
  }
}
