import { z } from 'zod'

/** Width of the chat list, in px. */
export const LIST_WIDTH = { min: 260, max: 440, usual: 320 } as const

/** Settings of this device, stored by electron-store. Settings of the account are synced instead (see the collection `privacy`). */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  notifications: z.boolean(),
  /** Notifications show the sender and the text. Otherwise they only show that a message arrived. */
  notificationPreview: z.boolean(),
  notificationSound: z.boolean(),
  /** No notification before this time (ms, local clock); null: not muted. */
  mutedUntil: z.number().int().nonnegative().nullable(),
  closeToTray: z.boolean(),
  launchAtLogin: z.boolean(),
  startHidden: z.boolean(),
  enterSends: z.boolean(),
  listWidth: z.number().int().min(LIST_WIDTH.min).max(LIST_WIDTH.max),
  /** The person hid the checklist of the first run. */
  firstRunHidden: z.boolean(),
})
export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  theme: 'system',
  notifications: true,
  notificationPreview: true,
  notificationSound: true,
  mutedUntil: null,
  closeToTray: true,
  launchAtLogin: false,
  startHidden: false,
  enterSends: true,
  listWidth: LIST_WIDTH.usual,
  firstRunHidden: false,
}
