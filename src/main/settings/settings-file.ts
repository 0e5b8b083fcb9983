import { z } from 'zod'
import { defaultSettings, settingsSchema, type Settings } from '#shared/settings.ts'

/** Last bounds of the main window, in display-independent pixels. */
export const windowStateSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

/** The content of settings.json. */
export interface SettingsFile {
  version: number
  settings: Settings
  window: WindowState | null
}

const recordSchema = z.record(z.string(), z.unknown())
type Stored = z.infer<typeof recordSchema>

/** Converts a file's content from version n to n + 1. n is the index of the migration in the list. */
export type Migration = (stored: Stored) => Stored

/** Applied in order. Never edit a released migration; add a new one at the end. */
const migrations: readonly Migration[] = [levelsOfNotifications, levelsOfFlashing]

/** Two switches became choices: whether to notify, and whether notifications show name and message. */
function levelsOfNotifications(stored: Stored): Stored {
  const settings = recordSchema.safeParse(stored['settings']).data ?? {}
  return {
    ...stored,
    settings: {
      ...settings,
      ...(settings['notifications'] === false && { notifyAbout: 'nothing' }),
      ...(settings['notificationPreview'] === false && { notificationContent: 'nothing' }),
    },
  }
}

/** A switch became a choice. Whoever had it off wants no flashing at all. */
function levelsOfFlashing(stored: Stored): Stored {
  const settings = recordSchema.safeParse(stored['settings']).data ?? {}
  return {
    ...stored,
    settings: { ...settings, ...(settings['flashTaskbar'] === false && { flashFor: 'nothing' }) },
  }
}

/** The start waits for the settings, and compiling their schema takes longer than parsing them once. */
const once = { jitless: true }

/** Replaces each field that does not match its schema with the default. Keeps the others. */
function repairSettings(stored: unknown): Settings {
  const fields = recordSchema.safeParse(stored).data ?? {}
  const whole = settingsSchema.safeParse({ ...defaultSettings, ...fields }, once)
  if (whole.success) return whole.data
  const valid = Object.entries(settingsSchema.shape).filter(
    ([name, schema]) => Object.hasOwn(fields, name) && schema.safeParse(fields[name], once).success,
  )
  return settingsSchema.parse({
    ...defaultSettings,
    ...Object.fromEntries(valid.map(([name]) => [name, fields[name]])),
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Parses settings.json, migrates it to the current version and repairs it. Never throws, for any content. */
export function readSettingsFile(text: string, steps: readonly Migration[] = migrations): SettingsFile {
  const stored = recordSchema.safeParse(parseJson(text)).data ?? {}
  const version = z.number().int().nonnegative().catch(0).parse(stored['version'])
  const current = steps.slice(version).reduce((content, migrate) => migrate(content), stored)
  return {
    version: steps.length,
    settings: repairSettings(current['settings']),
    window: windowStateSchema
      .nullable()
      .catch(null)
      .parse(current['window'] ?? null),
  }
}
