import { beforeAll, expect, it } from 'vitest'
import { createInstance, type TFunction } from 'i18next'
import en from '#shared/locales/en.json' with { type: 'json' }
import { typingText } from './wording.ts'

let t: TFunction
beforeAll(async () => {
  t = await createInstance().init({ lng: 'en', resources: { en: { translation: en } } })
})

const typist = (name: string, until = 10) => ({ name, until })
/** The text without the invisible characters that isolate names. */
const textOf = (...typists: { name: string; until: number }[]): string | null =>
  typingText(t, 'group', typists, 5)?.replaceAll(/[\u2068\u2069]/g, '') ?? null

it('names up to two people who are typing in a group, and counts more', () => {
  expect(textOf()).toBeNull()
  expect(textOf(typist('Ana'))).toBe('Ana is typing…')
  expect(textOf(typist('Ana'), typist('Ben'))).toBe('Ana and Ben are typing…')
  expect(textOf(typist('Ana'), typist('Ben'), typist('Cleo'))).toBe('3 people are typing…')
  expect(textOf(typist(''))).toBe('Unknown person is typing…')
})

it('leaves out those whose time is over', () => {
  expect(textOf(typist('Ana', 5), typist('Ben', 6))).toBe('Ben is typing…')
  expect(textOf(typist('Ana', 5))).toBeNull()
})

it('isolates names, so that they cannot change the direction of the sentence', () => {
  expect(typingText(t, 'group', [typist('Ana')], 5)).toBe('\u2068Ana\u2069 is typing…')
})

it('names nobody in a direct chat', () => {
  expect(typingText(t, 'direct', [typist('Ana')], 5)).toBe('typing…')
})
