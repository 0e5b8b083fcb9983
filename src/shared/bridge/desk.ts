import { z } from 'zod'
import { none, type MethodMap } from './contract.ts'

/* How the app sits on this machine: its keys and its languages. What the person chooses is in the settings. */

/** A tag as the spell checker names its dictionaries: `de`, `en-GB`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u)

const shortcutStateSchema = z.strictObject({
  /** False: the system did not give the keys to the app. Another program has them. */
  works: z.boolean(),
  /** The desktop may ask the person, and decides by itself which keys work. */
  asksSystem: z.boolean(),
})
export type ShortcutState = z.infer<typeof shortcutStateSchema>

const spellingSchema = z.strictObject({
  /** The languages that can be chosen. Empty: the system chooses by itself. */
  available: z.array(languageSchema),
  /** The ones in use. */
  used: z.array(languageSchema),
})
export type Spelling = z.infer<typeof spellingSchema>

export const deskMethods = {
  'shortcut.state': { args: none, result: shortcutStateSchema },
  /** True while the person presses new keys: the present ones must not hide the window then. */
  'shortcut.pause': { args: z.boolean(), result: none },
  'spelling.read': { args: none, result: spellingSchema },
} as const satisfies MethodMap
