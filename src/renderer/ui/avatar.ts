import { graphemes } from '#shared/domain/graphemes.ts'

export const AVATAR_COLOURS = 8

/** Returns a number from 1 to AVATAR_COLOURS, always the same for the same id. */
export function avatarColour(id: string): number {
  let hash = 0
  for (const character of id) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return (hash % AVATAR_COLOURS) + 1
}

function firstLetter(word: string): string {
  const [first = ''] = graphemes(word)
  return /^[\p{L}\p{N}]/u.test(first) ? first.toLocaleUpperCase() : ''
}

/** Returns the initials of the first and the last word. Empty for phone numbers and for symbols only. */
export function initials(name: string): string {
  if (name.startsWith('+')) return ''
  const letters = name.split(' ').map(firstLetter).filter(Boolean)
  return letters.length < 2 ? (letters[0] ?? '') : `${letters[0] ?? ''}${letters.at(-1) ?? ''}`
}
