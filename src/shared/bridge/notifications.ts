import { z } from 'zod'
import { chatIdSchema } from '../domain/ids.ts'
import { TEXT_LIMIT } from '../messages/kinds/text.ts'
import { ownSoundSchema } from '../notifications/sounds.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'
import { pushStateSchema } from './push.ts'

/* Notifications of the system. */

/** What main can find out about notifications on this machine. Null: the system does not tell. */
export const notificationFactsSchema = z.strictObject({
  /** Whether the system shows notifications of the app at all. */
  permission: z.enum(['granted', 'denied', 'unknown']),
  doNotDisturb: z.boolean().nullable(),
  /** Whether something shows the tray icon. */
  trayHost: z.boolean().nullable(),
  /** Whether the app's icon can show a number. Null: not tried yet. */
  badge: z.boolean().nullable(),
  /** Whether the system starts the app at login. */
  opensAtLogin: z.boolean().nullable(),
  /** Null: the project has no push. */
  push: z
    .strictObject({
      state: pushStateSchema,
      /** How long the newest push to oneself took; null: none came back. */
      roundTripMs: z.number().nonnegative().nullable(),
    })
    .nullable(),
})
export type NotificationFacts = z.infer<typeof notificationFactsSchema>

export const notificationMethods = {
  'notifications.check': { args: none, result: notificationFactsSchema },
  /** Shows a trial notification with its sound. `shown`: as far as the system tells. */
  'notifications.test': { args: none, result: z.enum(['shown', 'failed']) },
  /** Opens the system's settings of notifications. False: this system has none. */
  'notifications.openSettings': { args: none, result: z.boolean() },
} as const satisfies MethodMap

export const notificationEvents = {
  /** A notification was shown, and its sound is one of the app's. */
  'notification.sound': z.strictObject({ sound: ownSoundSchema }),
} as const satisfies EventMap

/** What the person did in a notification without opening the chat. */
export const notificationActionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('read'), chatId: chatIdSchema }),
  z.strictObject({ do: z.literal('reply'), chatId: chatIdSchema, text: z.string().min(1).max(TEXT_LIMIT) }),
])
export type NotificationAction = z.infer<typeof notificationActionSchema>
