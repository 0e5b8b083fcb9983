import { z } from 'zod'

/** One argument and one result per method. Main parses the argument, the page parses the result. */
export type MethodMap = Readonly<Record<string, { args: z.ZodType; result: z.ZodType }>>
export type EventMap = Readonly<Record<string, z.ZodType>>

/** For methods without an argument or without a result. */
export const none = z.undefined()

/**
 * Why a call failed. `store` and `internal` are failures of the app, `full` of the disk. `locked`: not before the app is unlocked. The
 * other codes are caused by the caller.
 */
export const bridgeFailureSchema = z.strictObject({
  code: z.enum([
    'forbidden',
    'unknown-method',
    'invalid-args',
    'no-account',
    'refused',
    'cancelled',
    'locked',
    'full',
    'store',
    'internal',
  ]),
  message: z.string(),
})
export type BridgeFailure = z.infer<typeof bridgeFailureSchema>

/** The response to a call. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: BridgeFailure }
