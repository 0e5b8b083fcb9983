import { app, session } from 'electron'
import type { Spelling } from '#shared/bridge/desk.ts'
import type { Settings } from '#shared/settings.ts'

type Chosen = Pick<Settings, 'spellcheck' | 'spellcheckLanguages'>

/** Returns the dictionaries for the chosen languages; for those of the system if none was chosen. */
export function dictionariesFor(
  chosen: readonly string[],
  { available, system }: { available: readonly string[]; system: readonly string[] },
): string[] {
  const wanted = chosen.length > 0 ? chosen : system
  const found = wanted.map(
    (language) =>
      available.find((one) => one.toLowerCase() === language.toLowerCase()) ??
      available.find((one) => one === language.split('-')[0]),
  )
  return [...new Set(found.filter((one) => one !== undefined))]
}

/** The languages that the app checks. A Mac checks with its own dictionaries and finds the language by itself. */
export function readSpelling({ spellcheckLanguages }: Chosen, platform: NodeJS.Platform): Spelling {
  if (platform === 'darwin') return { available: [], used: [] }
  const available = session.defaultSession.availableSpellCheckerLanguages
  const system = app.getPreferredSystemLanguages()
  return { available, used: dictionariesFor(spellcheckLanguages, { available, system }) }
}

/**
 * Call it before the first page: as soon as one exists, Electron downloads the dictionary of its language from Google, unless the spell
 * checker is off.
 */
export function applySpelling(settings: Chosen, platform: NodeJS.Platform): void {
  const { used } = readSpelling(settings, platform)
  const isUseful = platform === 'darwin' || used.length > 0
  session.defaultSession.setSpellCheckerEnabled(settings.spellcheck && isUseful)
  if (settings.spellcheck && used.length > 0) session.defaultSession.setSpellCheckerLanguages(used)
}
