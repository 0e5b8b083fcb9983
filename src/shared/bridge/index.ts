import type { z } from 'zod'
import type { UserId } from '../domain/ids.ts'
import { appEvents, appMethods } from './app.ts'
import { cameraMethods } from './camera.ts'
import type { Answer } from './contract.ts'
import { deskMethods } from './desk.ts'
import { lockEvents, lockMethods } from './lock.ts'
import { diagnosticsMethods } from './diagnostics.ts'
import { mediaEvents, mediaMethods } from './media.ts'
import { microphoneMethods } from './microphone.ts'
import { notificationEvents, notificationMethods } from './notifications.ts'
import { outboxMethods } from './outbox.ts'
import { previewMethods } from './preview.ts'
import { proxyMethods } from './proxy.ts'
import { pushEvents, pushMethods } from './push.ts'
import { replicaEvents, replicaMethods } from './replica.ts'
import { settingsEvents, settingsMethods } from './settings.ts'
import { storageMethods } from './storage.ts'
import { updateEvents, updateMethods } from './updates.ts'
import { viewEvents, viewMethods } from './view.ts'
import { voiceMethods } from './voice.ts'

/*
 * The contract between the page and main, by subject. Both sides derive their types from it. Every call and every event names
 * its account: null for what belongs to the machine, a user id for the rest. See main/bridge/ and renderer/platform/.
 */

/** Methods of the machine. Calls pass null as the account. */
export const machineMethods = {
  ...appMethods,
  ...settingsMethods,
  ...deskMethods,
  ...lockMethods,
  ...microphoneMethods,
  ...cameraMethods,
  ...notificationMethods,
  ...updateMethods,
  ...proxyMethods,
  ...diagnosticsMethods,
} as const
/** Methods of one account. */
export const accountMethods = {
  ...replicaMethods,
  ...outboxMethods,
  ...mediaMethods,
  ...previewMethods,
  ...pushMethods,
  ...viewMethods,
  ...voiceMethods,
  ...storageMethods,
} as const
/** The account methods that run in the store's thread. */
export const storeMethods = {
  ...replicaMethods,
  ...outboxMethods,
  ...voiceMethods,
  ...storageMethods,
} as const
export const methods = { ...machineMethods, ...accountMethods } as const

export type Methods = typeof methods
export type MethodName = keyof Methods
export type MachineMethod = keyof typeof machineMethods
export type AccountMethod = keyof typeof accountMethods
export type StoreMethod = keyof typeof storeMethods
export type Args<M extends MethodName> = z.infer<Methods[M]['args']>
export type Result<M extends MethodName> = z.infer<Methods[M]['result']>

const machineEvents = {
  ...appEvents,
  ...settingsEvents,
  ...lockEvents,
  ...notificationEvents,
  ...updateEvents,
} as const
const accountEvents = { ...replicaEvents, ...mediaEvents, ...pushEvents } as const
export const events = { ...machineEvents, ...accountEvents, ...viewEvents } as const

export type EventName = keyof typeof events
export type AccountEvent = keyof typeof accountEvents
export type MachineEvent = Exclude<EventName, AccountEvent>
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>
/** `navigate` may name an account or none. */
type EventAccount<E extends EventName> = E extends AccountEvent
  ? UserId
  : E extends keyof typeof viewEvents
    ? UserId | null
    : null
export type BridgeEvent = {
  [E in EventName]: { account: EventAccount<E>; name: E; payload: EventPayload<E> }
}[EventName]

/** What the preload exposes as `window.perch`. */
export interface PreloadBridge {
  call(account: string | null, method: string, args: unknown): Promise<Answer<unknown>>
  /** Calls the listener with every event. Returns a function to unsubscribe. */
  listen(listener: (event: BridgeEvent) => void): () => void
}
