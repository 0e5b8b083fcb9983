import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/*
 * WCAG 2.2, 1.4.3: text needs a contrast of 4.5 to 1. The table lists for each text colour every surface that it is used on.
 * `code-bg` and `mention-surface` are translucent and lie over a bubble.
 */

const MINIMUM = 4.5
const surfaces = [
  'bg',
  'surface',
  'surface-raised',
  'surface-hover',
  'raised-hover',
  'surface-selected',
  'conversation-bg',
]
const textOn: Record<string, readonly string[]> = {
  text: surfaces,
  'text-muted': [...surfaces, 'bubble-other'],
  'accent-text': [...surfaces, 'bubble-other', 'bubble-own', 'mention-surface over bubble-other'],
  read: [...surfaces, 'bubble-own'],
  danger: surfaces.filter((surface) => surface !== 'surface-selected'),
  'on-accent': ['accent', 'accent-hover'],
  'on-danger': ['danger-fill', 'danger-fill-hover'],
  'warning-text': ['warning-surface'],
  'bubble-own-text': ['bubble-own', 'code-bg over bubble-own'],
  'bubble-other-text': ['bubble-other', 'code-bg over bubble-other'],
  'meta-own': ['bubble-own'],
  'avatar-text': ['1', '2', '3', '4', '5', '6', '7', '8'].map((number) => `avatar-${number}`),
  // Names above the messages of a group.
  ...Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => [`sender-${n}`, ['bubble-other']]),
  ),
  // A chip over a white picture.
  'on-media': ['media-chip over on-media', 'viewer over on-media'],
  'viewer-muted': ['viewer over on-media'],
  // `bg` is the text colour of a muted chat's count.
  bg: ['badge-quiet'],
}
/** BubbleFrame.module.css sets this one to a colour that is checked above. */
const notText = ['link-in-bubble', 'read-on-media']

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split(":root[data-theme='dark']")
const themes = { light: colours(light), dark: new Map([...colours(light), ...colours(dark)]) }

interface Colour {
  red: number
  green: number
  blue: number
  alpha: number
}

function colours(source: string): Map<string, Colour> {
  const found = new Map<string, Colour>()
  for (const [, name = '', value = ''] of source.matchAll(/--color-([\w-]+): ([^;]+);/gu))
    found.set(name, parseColour(value))
  return found
}

/** Reads `#rrggbb` and `rgb(r g b / a%)`. */
function parseColour(value: string): Colour {
  const hex = /^#(\w\w)(\w\w)(\w\w)$/u.exec(value)
  if (hex !== null) {
    const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16))
    return { red, green, blue, alpha: 1 }
  }
  const [red = 0, green = 0, blue = 0, percent = 100] = (value.match(/\d+/gu) ?? []).map(Number)
  return { red, green, blue, alpha: percent / 100 }
}

function colourOf(theme: Map<string, Colour>, name: string): Colour {
  const [top = '', below] = name.split(' over ')
  const colour = theme.get(top)
  if (colour === undefined) throw new Error(`tokens.css has no --color-${top}`)
  if (below === undefined) return colour
  const under = colourOf(theme, below)
  const mix = (channel: 'red' | 'green' | 'blue'): number =>
    colour[channel] * colour.alpha + under[channel] * (1 - colour.alpha)
  return { red: mix('red'), green: mix('green'), blue: mix('blue'), alpha: 1 }
}

/** Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance({ red, green, blue }: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const part = channel / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: Colour, b: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

describe.each(Object.entries(themes))('the %s theme', (_, theme) => {
  it.each(Object.entries(textOn))('keeps %s readable', (text, on) => {
    for (const surface of on) {
      const ratio = contrast(colourOf(theme, text), colourOf(theme, surface))
      expect(ratio, `${text} on ${surface}`).toBeGreaterThanOrEqual(MINIMUM)
    }
  })
})

it('checks every colour that a style sheet gives to text', () => {
  const renderer = join(import.meta.dirname, '..')
  const used = globSync('**/*.css', { cwd: renderer }).flatMap((path) =>
    [...readFileSync(join(renderer, path), 'utf8').matchAll(/(?<![\w-])color: var\(--color-([\w-]+)/gu)].map(
      ([, name = '']) => name,
    ),
  )
  const known = new Set([...Object.keys(textOn), ...notText])
  expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([])
})
