import fc from 'fast-check'
import { expect, it } from 'vitest'
import { graphemes } from './graphemes.ts'

const segmented = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)

it('returns whole characters of any script', () => {
  expect([...graphemes('Zoë')]).toEqual(['Z', 'o', 'ë'])
  expect([...graphemes('नमन👩🏽‍❤️‍💋‍👨🏽')]).toEqual(['न', 'म', 'न', '👩🏽‍❤️‍💋‍👨🏽'])
})

it('agrees with the segmenter about every single character and its neighbours', () => {
  for (let unit = 0; unit < 0xd800; unit++) {
    const text = `a${String.fromCharCode(unit)}가b`
    expect([...graphemes(text)], unit.toString(16)).toEqual(segmented(text))
  }
})

it('agrees with the segmenter about any text', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'e',
      '\u0301',
      '\u200D',
      '\uFE0F',
      '👩',
      '🏽',
      '가',
      '\u11A8',
      '🇩🇪',
      'ك',
      '\u064E',
      '\n',
      '©',
      'か',
      '゙',
    ),
  )
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect([...graphemes(text)]).toEqual(segmented(text))
    }),
  )
})
