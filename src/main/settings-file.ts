import { z } from 'zod'
import { defaultSettings, settingsSchema, type Settings } from '#shared/settings.ts'

/** Where the main window was: in display-independent pixels. */
export const windowStateSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

/** What settings.json holds. */
export interface SettingsFile {
  version: number
  settings: Settings
  window: WindowState | null
}

const recordSchema = z.record(z.string(), z.unknown())
type Stored = z.infer<typeof recordSchema>

/** Takes a file's content from version n to n + 1, n being its place in the list. */
export type Migration = (stored: Stored) => Stored

/** Ordered and never edited once released; a new one goes to the end. */
const migrations: readonly Migration[] = []

/** Each field that does not fit its schema becomes the default, the others stay. */
function repaired(stored: unknown): Settings {
  const fields = recordSchema.safeParse(stored).data ?? {}
  const fitting = Object.entries(settingsSchema.shape).filter(
    ([name, schema]) => Object.hasOwn(fields, name) && schema.safeParse(fields[name]).success,
  )
  return settingsSchema.parse({
    ...defaultSettings,
    ...Object.fromEntries(fitting.map(([name]) => [name, fields[name]])),
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The content of settings.json, whatever is in it: brought to the current version and repaired. Never throws. */
export function readSettingsFile(text: string, steps: readonly Migration[] = migrations): SettingsFile {
  const stored = recordSchema.safeParse(parsed(text)).data ?? {}
  const from = z.number().int().nonnegative().catch(0).parse(stored['version'])
  const current = steps.slice(from).reduce((content, migrate) => migrate(content), stored)
  return {
    version: steps.length,
    settings: repaired(current['settings']),
    window: windowStateSchema
      .nullable()
      .catch(null)
      .parse(current['window'] ?? null),
  }
}
