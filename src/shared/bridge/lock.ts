import { z } from 'zod'
import { pinProblem } from '../domain/pin.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* The app lock of this machine. Main alone knows whether a PIN is right. */

export const lockStateSchema = z.strictObject({
  /** A PIN is set: the app can be locked. */
  hasPin: z.boolean(),
  locked: z.boolean(),
  /** How long no PIN is checked, in ms from now, because wrong ones were entered. */
  waitMs: z.number().nonnegative(),
  /** This machine can ask for a fingerprint. */
  touchId: z.boolean(),
})
export type LockState = z.infer<typeof lockStateSchema>

/**
 * `wait`: nothing was checked, because of earlier wrong PINs or another check. `unreadable`: the saved hash cannot be read, so no PIN
 * is right.
 */
const pinResultSchema = z.strictObject({
  outcome: z.enum(['done', 'wrong', 'wait', 'unreadable']),
  waitMs: z.number().nonnegative(),
})
export type PinResult = z.infer<typeof pinResultSchema>

/** What somebody has typed. Too long or too short, it is wrong like any other. */
const typedSchema = z.string().max(1000)
const newPinSchema = z
  .string()
  .max(1000)
  .refine((pin) => pinProblem(pin) === null)

export const lockMethods = {
  'lock.state': { args: none, result: lockStateSchema },
  /** Sets a PIN, or replaces it. `current`: the one before; null: there is none. */
  'lock.setPin': {
    args: z.strictObject({ pin: newPinSchema, current: typedSchema.nullable() }),
    result: pinResultSchema,
  },
  'lock.removePin': { args: z.strictObject({ pin: typedSchema }), result: pinResultSchema },
  /** Does nothing without a PIN. */
  'lock.lock': { args: none, result: none },
  'lock.unlock': { args: z.strictObject({ pin: typedSchema }), result: pinResultSchema },
  /** Asks for a fingerprint. False: it was not given. */
  'lock.unlockByTouchId': { args: none, result: z.boolean() },
  /** The page shows nothing of an account any more. Main ends a page that does not say so soon. */
  'lock.covered': { args: none, result: none },
  /** Erases what this machine has of every account, signs out, removes the PIN, and loads the page again. */
  'lock.forget': { args: none, result: none },
} as const satisfies MethodMap

export const lockEvents = {
  'lock.changed': lockStateSchema,
} as const satisfies EventMap
