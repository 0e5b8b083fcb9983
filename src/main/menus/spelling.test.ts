import { beforeEach, expect, it, vi } from 'vitest'
import { defaultSettings } from '#shared/settings.ts'
import { applySpelling, dictionariesFor, readSpelling } from './spelling.ts'

const system = vi.hoisted(() => ({ languages: ['de-AT', 'en-US'], calls: [] as unknown[] }))
vi.mock('electron', () => ({
  app: { getPreferredSystemLanguages: () => system.languages },
  session: {
    defaultSession: {
      availableSpellCheckerLanguages: ['de', 'en-GB', 'en-US', 'fr', 'sr'],
      setSpellCheckerEnabled: (enabled: boolean) => system.calls.push(enabled),
      setSpellCheckerLanguages: (languages: string[]) => system.calls.push(languages),
    },
  },
}))

beforeEach(() => {
  system.languages = ['de-AT', 'en-US']
  system.calls = []
})

it('finds the dictionary of a language, or of its base language, each once', () => {
  const known = { available: ['de', 'en-GB', 'en-US'], system: ['de-AT', 'de-CH', 'ja-JP'] }
  expect(dictionariesFor([], known)).toEqual(['de'])
  expect(dictionariesFor(['en-gb', 'en-US', 'xx'], known)).toEqual(['en-GB', 'en-US'])
})

it('checks in the languages of the system until the person chooses others', () => {
  applySpelling(defaultSettings, 'linux')
  applySpelling({ ...defaultSettings, spellcheckLanguages: ['fr'] }, 'win32')
  expect(system.calls).toEqual([true, ['de', 'en-US'], true, ['fr']])
  expect(readSpelling(defaultSettings, 'linux')).toMatchObject({ used: ['de', 'en-US'] })
})

it('loads no dictionary while it is off, or for a language that has none', () => {
  applySpelling({ ...defaultSettings, spellcheck: false }, 'linux')
  system.languages = ['ja-JP']
  applySpelling(defaultSettings, 'linux')
  expect(system.calls).toEqual([false, false])
})

it('leaves the languages to a Mac', () => {
  applySpelling(defaultSettings, 'darwin')
  expect(system.calls).toEqual([true])
  expect(readSpelling(defaultSettings, 'darwin')).toEqual({ available: [], used: [] })
})
