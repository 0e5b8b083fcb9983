import { z } from 'zod'
import { chatIdSchema, messageIdSchema } from '../domain/ids.ts'
import { deviceIdSchema, nonceSchema, platformSchema } from '../functions.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* Pushes to this device, received by main. */

/** See `Receiver` in main/push/. */
export const pushStateSchema = z.enum(['off', 'registering', 'connecting', 'connected', 'waiting', 'refused'])
export type PushState = z.infer<typeof pushStateSchema>

export const pushStatusSchema = z.strictObject({
  state: pushStateSchema,
  /** What the server needs to push to this device; null: it is not registered yet, or the project has no push. */
  device: z
    .strictObject({ id: deviceIdSchema, token: z.string().min(1).max(4096), platform: platformSchema })
    .nullable(),
  /** The last self-test. `roundTrip`: ms until the push was here; null: it did not come. `at`: ms, local clock. */
  test: z.strictObject({ at: z.number(), roundTrip: z.number().nullable() }).nullable(),
})
export type PushStatus = z.infer<typeof pushStatusSchema>

export const pushMethods = {
  'push.status': { args: none, result: pushStatusSchema },
  /** Starts a self-test. The page makes the server send a push with this nonce. */
  'push.beginTest': { args: none, result: z.strictObject({ nonce: nonceSchema }) },
} as const satisfies MethodMap

export const pushEvents = {
  'push.changed': pushStatusSchema,
  /** A push says that this message exists. Its listener may deliver it earlier or later. */
  'push.hinted': z.strictObject({ chatId: chatIdSchema, messageId: messageIdSchema }),
} as const satisfies EventMap
