import emojis from 'emojibase-data/en/data.json'
import messages from 'emojibase-data/en/messages.json'
import type { EmojiData } from 'frimousse'
import type { PlatformName } from '#shared/bridge/app.ts'
import { EMOJI_TONES, RECENT_EMOJI_LIMIT, type EmojiTone } from '#shared/settings.ts'

/** Systems that are a few years old have no glyphs for newer emoji. */
const NEWEST_EMOJI_VERSION = 15
/** The group of skin tones and hair. These are parts of emoji, not emoji. */
const COMPONENTS = 2
/** The category of recently picked emoji. No group of the data has this number. */
export const RECENT = -1
const TONES = EMOJI_TONES.filter((tone) => tone !== 'none')

type Emoji = EmojiData['emojis'][number]
type Skins = NonNullable<Emoji['skins']>

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

/** Returns the data with a first category of the recent emoji, each with the tone in which it was picked. */
export function withRecent(data: EmojiData, recent: readonly string[], label: string): EmojiData {
  const picked = recent.flatMap((emoji) => {
    const known = data.emojis.find((other) => isVariant(other, emoji))
    return known === undefined ? [] : { ...known, emoji, category: RECENT, skins: undefined }
  })
  if (picked.length === 0) return data
  return {
    ...data,
    emojis: [...picked, ...data.emojis],
    categories: [{ index: RECENT, label }, ...data.categories],
  }
}

/** Returns the recent emoji after one more was picked. */
export function addRecent(recent: readonly string[], emoji: string): string[] {
  return [emoji, ...recent.filter((other) => other !== emoji)].slice(0, RECENT_EMOJI_LIMIT)
}

export function nextTone(tone: EmojiTone): EmojiTone {
  return EMOJI_TONES[(EMOJI_TONES.indexOf(tone) + 1) % EMOJI_TONES.length] ?? 'none'
}

function isVariant({ emoji, skins }: Emoji, variant: string): boolean {
  return emoji === variant || (skins !== undefined && Object.values(skins).includes(variant))
}

function skinsOf(skins: readonly { emoji: string; tone?: number | number[] }[]): Skins | undefined {
  const [first, ...rest] = TONES.map((_, index) => skins.find(({ tone }) => tone === index + 1)?.emoji)
  const [second, third, fourth, fifth] = rest
  if (!first || !second || !third || !fourth || !fifth) return undefined
  return { light: first, 'medium-light': second, medium: third, 'medium-dark': fourth, dark: fifth }
}

function toneName(tone: EmojiTone): string {
  return messages.skinTones.find(({ key }) => key === tone)?.message ?? tone
}
