import { z } from 'zod'

/** Settings of this machine, kept by electron-store. What belongs to the account is synced instead (see outbox `privacy`). */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  notifications: z.boolean(),
  /** Show who wrote and what in a notification; otherwise only that something arrived. */
  notificationPreview: z.boolean(),
  notificationSound: z.boolean(),
  /** No notification before this time (ms, local clock); null: not muted. */
  mutedUntil: z.number().int().nonnegative().nullable(),
  closeToTray: z.boolean(),
  launchAtLogin: z.boolean(),
  startHidden: z.boolean(),
  enterSends: z.boolean(),
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
}
