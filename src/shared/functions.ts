import { z } from 'zod'

/** The region of all Cloud Functions. */
export const FUNCTIONS_REGION = 'us-central1'

/** An installation of the app: 32 hexadecimal digits, and the id of its document `users/{uid}/devices/{deviceId}`. */
export const deviceIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'DeviceId'>()
export type DeviceId = z.infer<typeof deviceIdSchema>

/** Identifies one self-test. It comes back in the push. */
export const nonceSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** What the function `testPush` gets. */
export const testPushSchema = z.object({ deviceId: deviceIdSchema, nonce: nonceSchema })
export type TestPush = z.infer<typeof testPushSchema>

/** What the function `testPush` returns. `dead`: the token of the device no longer works. `failed`: the push service did not take it. */
export const testPushResultSchema = z.object({ outcome: z.enum(['sent', 'dead', 'failed']) })
export type TestPushResult = z.infer<typeof testPushResultSchema>
