import { z } from 'zod'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* Updates of the app itself. Main alone talks to the server; the page shows the state. */

/** Why there are no updates: the configuration names no server, a package of the system installed the app, or nothing did. */
export const NO_UPDATES = ['notConfigured', 'package', 'notInstalled'] as const

/** What stopped an update. Each has its words in the catalogue. */
export const UPDATE_PROBLEMS = [
  /** The server cannot be reached, or the connection broke. */
  'offline',
  /** The server answers with something else than a feed. */
  'server',
  /** The signature is missing or wrong. */
  'signature',
  /** The file is not the one that the feed describes. */
  'tampered',
  /** The server offers an older version. */
  'older',
  'diskFull',
  /** The app's file cannot be replaced, because of its folder. */
  'folder',
  'unexpected',
] as const
export type UpdateProblem = (typeof UPDATE_PROBLEMS)[number]

const version = z.string().max(60)
/** Plain text from the server, made safe to show. */
const notes = z.string().max(20_000)

/** What forbids an installation even if the person asks for it. A call will be another one. */
export const INSTALL_WAITS = ['upload', 'recording'] as const
export type InstallWait = (typeof INSTALL_WAITS)[number]

export const updateStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none'), why: z.enum(NO_UPDATES) }),
  /** `checkedAt`: when the server last had nothing newer; null: not asked yet. `failed`: a version that did not start here. */
  z.strictObject({
    state: z.literal('current'),
    checkedAt: z.number().nullable(),
    failed: version.nullable(),
  }),
  z.strictObject({ state: z.literal('checking') }),
  z.strictObject({ state: z.literal('downloading'), version, percent: z.number().int().min(0).max(100) }),
  z.strictObject({ state: z.literal('ready'), version, notes }),
  z.strictObject({ state: z.literal('failed'), problem: z.enum(UPDATE_PROBLEMS) }),
])
export type InstallAnswer = 'restarts' | 'none' | InstallWait
export type UpdateState = z.infer<typeof updateStateSchema>

export const updateMethods = {
  /** Asks the server, also for a version that is not offered to everybody yet. The event tells what comes of it. */
  'updates.check': { args: none, result: none },
  /** Quits, installs the version that is ready, and starts again. `none`: none is ready. */
  'updates.install': { args: none, result: z.enum(['restarts', 'none', ...INSTALL_WAITS]) },
} as const satisfies MethodMap

export const updateEvents = {
  'updates.changed': updateStateSchema,
} as const satisfies EventMap
