import { chatIdSchema } from '../domain/ids.ts'
import { navigationSchema } from './app.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* What the window shows of an account. */

export const viewMethods = {
  /** The chat on screen: it needs no notification while the window has the focus. */
  'view.setOpenChat': { args: chatIdSchema.nullable(), result: none },
} as const satisfies MethodMap

export const viewEvents = {
  /** Names the account of a notification or tray item; a link names none and means the account that is signed in. */
  navigate: navigationSchema,
} as const satisfies EventMap
