import emojis from 'emojibase-data/en/data.json'
import messages from 'emojibase-data/en/messages.json'
import type { EmojiData } from 'frimousse'
import type { PlatformName } from '#shared/bridge/app.ts'

/** Systems that are a few years old have no glyphs for newer emoji. */
const NEWEST_EMOJI_VERSION = 15
/** The group of skin tones and hair. These are parts of emoji, not emoji. */
const COMPONENTS = 2
const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const

type Skins = NonNullable<EmojiData['emojis'][number]['skins']>

/** Returns all emoji for the picker. Windows fonts have no country flags and would show letters instead. */
export function emojiData(platform: PlatformName): EmojiData {
  const offered = emojis.flatMap((emoji) => {
    const { group, version, skins } = emoji
    const isCountry = /^\p{RI}{2}$/u.test(emoji.emoji)
    if (group === undefined || group === COMPONENTS || version > NEWEST_EMOJI_VERSION) return []
    if (isCountry && platform === 'win32') return []
    return {
      emoji: emoji.emoji,
      category: group,
      label: emoji.label,
      version,
      tags: emoji.tags ?? [],
      skins: skinsOf(skins ?? []),
    }
  })
  return {
    locale: 'en',
    emojis: offered,
    categories: messages.groups
      .filter(({ order }) => order !== COMPONENTS)
      .map(({ order, message }) => ({
        index: order,
        label: message.charAt(0).toUpperCase() + message.slice(1),
      })),
    skinTones: {
      light: toneName('light'),
      'medium-light': toneName('medium-light'),
      medium: toneName('medium'),
      'medium-dark': toneName('medium-dark'),
      dark: toneName('dark'),
    },
  }
}

function skinsOf(skins: readonly { emoji: string; tone?: number | number[] }[]): Skins | undefined {
  const [first, ...rest] = TONES.map((_, index) => skins.find(({ tone }) => tone === index + 1)?.emoji)
  const [second, third, fourth, fifth] = rest
  if (!first || !second || !third || !fourth || !fifth) return undefined
  return { light: first, 'medium-light': second, medium: third, 'medium-dark': fourth, dark: fifth }
}

function toneName(tone: (typeof TONES)[number]): string {
  return messages.skinTones.find(({ key }) => key === tone)?.message ?? tone
}
