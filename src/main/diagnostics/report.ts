import { z } from 'zod'
import { proxyPasswordStateSchema, proxyVerdictSchema } from '#shared/bridge/proxy.ts'
import { connectionSchema } from '#shared/bridge/diagnostics.ts'
import { pushStateSchema } from '#shared/bridge/push.ts'
import { settingsSchema, type Settings } from '#shared/settings.ts'
import { replicaCountsSchema } from '../store/diagnostics-schema.ts'
import { logLineSchema } from './log-lines.ts'

/** Digits and a mark of a preview, nothing that a person could have chosen. */
const version = z.string().regex(/^\d{1,6}(?:\.\d{1,10}){0,3}(?:-(?:alpha|beta|nightly|rc)[.\d]{0,20})?$/)

/** Settings as they are, except those that say something about the person or their network. */
const reportedSettingsSchema = settingsSchema
  .omit({
    proxy: true,
    recentEmoji: true,
    emojiTone: true,
    mutedUntil: true,
    globalShortcut: true,
    spellcheckLanguages: true,
  })
  .extend({
    muted: z.boolean(),
    shortcut: z.boolean(),
    spellcheckLanguages: z.number().int(),
    proxy: z.enum(['system', 'none', 'http', 'socks5']),
    proxyPassword: proxyPasswordStateSchema,
  })

/** Everything that a diagnostics file can contain: numbers, switches and words of fixed lists. Anything else does not parse. */
export const reportSchema = z.strictObject({
  format: z.literal(1),
  made: z.iso.datetime(),
  app: z.strictObject({ version, electron: version, chrome: version, node: version, packaged: z.boolean() }),
  system: z.strictObject({
    platform: z.enum(['win32', 'darwin', 'linux', 'other']),
    arch: z.enum(['x64', 'arm64', 'other']),
    /** Only the digits: a kernel can have any name. */
    release: version.nullable(),
    memoryMb: z.number().int(),
  }),
  backend: z.enum(['project', 'local']),
  settings: reportedSettingsSchema,
  connection: z.strictObject({
    page: connectionSchema,
    system: z.enum(['online', 'offline']),
    /** Of a manual proxy; null: there is none. */
    proxy: proxyVerdictSchema.nullable(),
  }),
  push: z.strictObject({
    state: pushStateSchema,
    healthy: z.boolean(),
    /** Of the last self-test, in ms; null: it has failed, or there was none. */
    roundTripMs: z.number().nullable(),
  }),
  /** Null: no replica is open, or it cannot be read. */
  replica: replicaCountsSchema.nullable(),
  log: z.array(logLineSchema).max(500),
})
export type Report = z.infer<typeof reportSchema>

export function reportedSettings(
  settings: Settings,
  proxyPassword: Report['settings']['proxyPassword'],
  now: number,
): Report['settings'] {
  const { proxy, recentEmoji: _, emojiTone: __, mutedUntil, globalShortcut, ...rest } = settings
  return {
    ...rest,
    spellcheckLanguages: settings.spellcheckLanguages.length,
    shortcut: globalShortcut !== null,
    muted: mutedUntil !== null && mutedUntil > now,
    proxy: proxy.mode === 'manual' ? proxy.kind : proxy.mode,
    proxyPassword,
  }
}

/** The leading digits of a version; null: it has none. */
export function digitsOf(text: string): string | null {
  return /^\d{1,6}(?:\.\d{1,10}){0,3}/.exec(text)?.[0] ?? null
}

/** The text of the file. Throws when something does not belong there. */
export function writeReport(report: Report): string {
  return `${JSON.stringify(reportSchema.parse(report), null, 2)}\n`
}
