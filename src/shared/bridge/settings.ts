import { settingsChangeSchema, settingsSchema } from '../settings.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* Settings of this machine. */

export const settingsMethods = {
  'settings.get': { args: none, result: settingsSchema },
  'settings.set': { args: settingsChangeSchema, result: settingsSchema },
} as const satisfies MethodMap

export const settingsEvents = {
  'settings.changed': settingsSchema,
} as const satisfies EventMap
