import { describe, expect, it } from 'vitest'
import { RECENT_EMOJI_LIMIT } from '#shared/settings.ts'
import { addRecent, emojiData, nextTone, RECENT, withRecent } from './emoji-data.ts'

describe('emojiData', () => {
  it('returns emoji with tags and skin tones, in known categories', () => {
    const { emojis, categories } = emojiData('linux')
    expect(emojis.length).toBeGreaterThan(1500)
    const wave = emojis.find(({ emoji }) => emoji === '👋')
    expect(wave?.tags).toContain('hello')
    expect(wave?.skins?.dark).toBe('👋🏿')
    const known = new Set(categories.map(({ index }) => index))
    expect(emojis.every(({ category }) => known.has(category))).toBe(true)
  })

  it('omits country flags on Windows, which shows letters instead', () => {
    const has = (platform: 'win32' | 'linux', flag: string): boolean =>
      emojiData(platform).emojis.some(({ emoji }) => emoji === flag)
    expect(has('linux', '🇩🇪')).toBe(true)
    expect(has('win32', '🇩🇪')).toBe(false)
    expect(has('win32', '🏁')).toBe(true)
  })
})

describe('recent emoji', () => {
  it('are the first category, in the tone they were picked in', () => {
    const { emojis, categories } = withRecent(emojiData('linux'), ['👋🏿', 'no emoji', '😀'], 'Recent')
    expect(categories[0]).toEqual({ index: RECENT, label: 'Recent' })
    const recent = emojis.filter(({ category }) => category === RECENT)
    expect(recent.map(({ emoji, label }) => [emoji, label])).toEqual([
      ['👋🏿', 'waving hand'],
      ['😀', 'grinning face'],
    ])
    // The picker would replace the emoji with its variant in the current tone.
    expect(recent.every(({ skins }) => skins === undefined)).toBe(true)
  })

  it('make no category when there are none', () => {
    const data = emojiData('linux')
    expect(withRecent(data, [], 'Recent')).toBe(data)
  })

  it('start with the one picked last, contain each once, and are limited', () => {
    expect(addRecent(['a', 'b', 'c'], 'b')).toEqual(['b', 'a', 'c'])
    const many = Array.from({ length: RECENT_EMOJI_LIMIT }, (_, n) => `${n}`)
    expect(addRecent(many, 'new')).toEqual(['new', ...many.slice(0, -1)])
  })
})

it('the tone after the darkest is the default again', () => {
  expect(nextTone('none')).toBe('light')
  expect(nextTone('dark')).toBe('none')
})
