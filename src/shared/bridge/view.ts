import { chatIdSchema } from '../domain/ids.ts'
import { navigationSchema } from './app.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'
import { notificationActionSchema } from './notifications.ts'

/* The view of an account in the window. */

export const viewMethods = {
  /** The chat that the window shows. It needs no notification while the window has the focus. */
  'view.setOpenChat': { args: chatIdSchema.nullable(), result: none },
} as const satisfies MethodMap

export const viewEvents = {
  /** Names the account of a notification or tray item. A link names none: it is for the account that is signed in. */
  navigate: navigationSchema,
  /** Names the account of the notification. The page does it as soon as this account is signed in. */
  'notification.action': notificationActionSchema,
} as const satisfies EventMap
