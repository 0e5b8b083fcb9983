import { z } from 'zod'
import { languageSchema } from './bridge/desk.ts'
import { acceleratorSchema } from './domain/accelerator.ts'
import { AUTO_DOWNLOAD_LIMITS, STORAGE_LIMITS } from './domain/storage.ts'
import { USUAL_ZOOM, ZOOM_LEVELS } from './domain/zoom.ts'
import { ATTACHMENT_LIMIT } from './messages/attachment.ts'
import { quietHoursSchema } from './notifications/quiet-hours.ts'
import { proxySchema } from './proxy.ts'

/** Width of the chat list, in px. */
export const LIST_WIDTH = { min: 260, max: 440, usual: 320 } as const
export const EMOJI_TONES = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const
export type EmojiTone = (typeof EMOJI_TONES)[number]
/** Minutes. */
export const RELEASE_AFTER = [1, 5, 15, 60] as const
/** Minutes. */
export const LOCK_AFTER = [1, 5, 15, 60] as const
/** Two rows of the picker. */
export const RECENT_EMOJI_LIMIT = 18

/** Each one costs memory and makes more wrong words look right. */
export const MAX_SPELLCHECK_LANGUAGES = 5

const autoDownload = z.literal(AUTO_DOWNLOAD_LIMITS)

/** Settings of this device, stored by electron-store. Settings of the account are synced instead (see the collection `privacy`). */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Which messages are worth a notification, unless their chat says otherwise. */
  notifyAbout: z.enum(['all', 'mentionsAndDirect', 'nothing']),
  /** What notifications show: the name and the message, only the name, or only that a message arrived. */
  notificationContent: z.enum(['all', 'name', 'nothing']),
  notificationSound: z.boolean(),
  /** Which notified messages make the taskbar button flash, or the Dock icon bounce: once, until the window has the focus. */
  flashFor: z.enum(['all', 'mentionsAndDirect', 'nothing']),
  /** The app's icon shows how many messages are unread. */
  badgeCounts: z.boolean(),
  quietHours: quietHoursSchema,
  /** No notification before this time (ms, local clock); null: not muted; MUTED_FOREVER: do not disturb. */
  mutedUntil: z.number().int().nonnegative().nullable(),
  closeToTray: z.boolean(),
  /** The person knows that this desktop has no tray. */
  toldOfMissingTray: z.boolean(),
  /** After so many minutes in the tray, the page is released; null: it stays. */
  releaseAfter: z.literal(RELEASE_AFTER).nullable(),
  /** With a PIN: the app locks when nobody has used the machine for so many minutes; null: only with the system. */
  lockAfter: z.literal(LOCK_AFTER).nullable(),
  /** A fingerprint unlocks too, on a Mac that can ask for one. */
  unlockByTouchId: z.boolean(),
  launchAtLogin: z.boolean(),
  /** When the system starts the app at login. Whoever opens the app wants to see it. */
  startHidden: z.boolean(),
  /** New versions are looked for, downloaded, and installed when nobody is disturbed. */
  autoUpdate: z.boolean(),
  /** Keys that show and hide the window, as Electron names them. */
  globalShortcut: acceleratorSchema.nullable(),
  zoom: z.literal(ZOOM_LEVELS),
  spellcheck: z.boolean(),
  /** Empty: those of the system. */
  spellcheckLanguages: z.array(languageSchema).max(MAX_SPELLCHECK_LANGUAGES),
  enterSends: z.boolean(),
  /** A preview is made of a link that the person writes. Its server then sees the address of this machine. */
  linkPreviews: z.boolean(),
  listWidth: z.number().int().min(LIST_WIDTH.min).max(LIST_WIDTH.max),
  /** The person hid the checklist of the first run. */
  firstRunHidden: z.boolean(),
  /** The tone of the hands and people in the emoji picker. */
  emojiTone: z.enum(EMOJI_TONES),
  /** Emoji picked last, newest first. */
  recentEmoji: z.array(z.string().min(1).max(64)).max(RECENT_EMOJI_LIMIT),
  /** How much the files of an account may take, in bytes. */
  storageLimit: z.literal(STORAGE_LIMITS),
  /** Up to which size files that can be seen are downloaded by themselves, in bytes. */
  autoDownload: z.strictObject({
    photo: autoDownload,
    video: autoDownload,
    voice: autoDownload,
    file: autoDownload,
  }),
  /** Also over a connection that costs by use. */
  autoDownloadMetered: z.boolean(),
  /** How everything reaches the internet. Changed by `proxy.set`, not by `settings.set`. */
  proxy: proxySchema,
})
export type Settings = z.infer<typeof settingsSchema>

/** What the page may change with `settings.set`. */
export const settingsChangeSchema = settingsSchema.omit({ proxy: true }).partial()
export type SettingsChange = Partial<Omit<Settings, 'proxy'>>

export const defaultSettings: Settings = {
  theme: 'system',
  notifyAbout: 'all',
  notificationContent: 'all',
  notificationSound: true,
  flashFor: 'mentionsAndDirect',
  badgeCounts: true,
  quietHours: {
    enabled: false,
    from: 22 * 60,
    to: 7 * 60,
    days: [0, 1, 2, 3, 4, 5, 6],
    exceptMentions: true,
    exceptPinned: true,
  },
  mutedUntil: null,
  closeToTray: true,
  toldOfMissingTray: false,
  releaseAfter: 5,
  lockAfter: 15,
  unlockByTouchId: false,
  launchAtLogin: false,
  startHidden: false,
  autoUpdate: true,
  globalShortcut: null,
  zoom: USUAL_ZOOM,
  spellcheck: true,
  spellcheckLanguages: [],
  enterSends: true,
  linkPreviews: true,
  listWidth: LIST_WIDTH.usual,
  firstRunHidden: false,
  emojiTone: 'none',
  recentEmoji: [],
  storageLimit: 2_000_000_000,
  autoDownload: { photo: 10_000_000, video: 0, voice: ATTACHMENT_LIMIT, file: 0 },
  autoDownloadMetered: false,
  proxy: { mode: 'system' },
}
