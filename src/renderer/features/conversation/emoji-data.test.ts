import { describe, expect, it } from 'vitest'
import { emojiData } from './emoji-data.ts'

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
