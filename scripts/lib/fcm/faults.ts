import { z } from 'zod'

const chance = z.number().min(0).max(1)

/** What the emulator does wrong. Chances are per push, from 0 to 1. */
export const faultsSchema = z.strictObject({
  /** Accepted, but never delivered. */
  lose: chance,
  /** Delivered this much later, in ms. */
  delayMs: z.number().min(0).max(600_000),
  /** Delivered twice. */
  duplicate: chance,
  /** Delivered after the next push, or 200 ms later if there is none. */
  reorder: chance,
  /** The connection is cut after the push was sent, before it is acknowledged. */
  cut: chance,
  /** Connections stay open, but nothing is sent any more. */
  silent: z.boolean(),
  /** So many registrations of devices (register3) fail with PHONE_REGISTRATION_ERROR. */
  phoneErrors: z.number().int().min(0),
  /** Installations and registrations fail with status 403, as for a project without FCM. */
  refuse: z.boolean(),
  /** All requests fail with status 503. */
  unavailable: z.boolean(),
  /** MCS knows no device any more. */
  rejectLogins: z.boolean(),
})
export type Faults = z.infer<typeof faultsSchema>

export const noFaults = (): Faults => ({
  lose: 0,
  delayMs: 0,
  duplicate: 0,
  reorder: 0,
  cut: 0,
  silent: false,
  phoneErrors: 0,
  refuse: false,
  unavailable: false,
  rejectLogins: false,
})
