import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chatTitle, displayLine, displayName, displayText } from './display-text.ts'
import { phoneSchema } from './ids.ts'
import { NAME_LIMIT, type Person } from './person.ts'
import { ada, chatWith, groupNamed, me, personNamed } from './test-data.ts'

const graphemes = (text: string): number =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length

describe('displayLine', () => {
  it('keeps ordinary text of any script', () => {
    for (const text of ['Ada Lovelace', 'محمد علي', 'नमस्ते', '田中さん', 'Zoë 👩🏽‍❤️‍💋‍👨🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم']) {
      expect(displayLine(text, 100)).toBe(text)
    }
  })

  it('folds white space and removes control characters and direction overrides', () => {
    expect(displayLine(' a\n\tb\u2028c\u0085d ', 100)).toBe('a b c d')
    expect(displayLine('pay\u202Efdp.exe\u202C\u2066x\u2069\u0007', 100)).toBe('payfdp.exex')
  })

  it('limits the marks stacked on one character, also with joiners between them', () => {
    expect(displayLine(`Z${'\u0336'.repeat(10_000)}`, 50)).toBe(`Z${'\u0336'.repeat(4)}`)
    expect(displayLine(`Z${'\u0336\u200D'.repeat(500)}!`, 50).length).toBeLessThanOrEqual(6)
  })

  it('truncates at a whole character', () => {
    expect(displayLine('abcdef', 4)).toBe('abc…')
    expect(displayLine('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2)).toBe('👨‍👩‍👧‍👦…')
    expect(displayLine('abcd', 4)).toBe('abcd')
  })
})

describe('displayText', () => {
  it('keeps lines and converts every kind of line end to a line feed', () => {
    expect(displayText('a\r\nb\rc\u2028d\n\te', 100)).toBe('a\nb\nc\nd\n\te')
  })
})

describe('displayName', () => {
  it('returns an empty text when nothing is visible', () => {
    for (const text of ['', ' ', '\u200B\u202E', '\u3164\u3164', '\u2800', '\u0301\u0301', '\u200D']) {
      expect(displayName(text, 50)).toBe('')
    }
  })
})

describe('any input', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(
        '\u202E',
        '\u2066',
        '\u0336',
        '\u200D',
        '\u{E0041}',
        '\uD800',
        '\u0000',
        '\r',
        '👩',
        'a',
      ),
    ),
    maxLength: 300,
  })

  it('returns truncated, well-formed text without direction overrides or stacked marks', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, max) => {
        for (const show of [displayLine, displayName, displayText]) {
          const shown = show(text, max)
          expect(shown.isWellFormed()).toBe(true)
          expect(graphemes(shown)).toBeLessThanOrEqual(max)
          expect(shown).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u007F-\u009F]/u)
          expect(shown).not.toMatch(/[\p{M}\u200C\u200D]{5}/u)
        }
        expect(displayLine(text, max)).not.toMatch(/[\n\t]/u)
      }),
      { numRuns: 500 },
    )
  })
})

describe('chatTitle', () => {
  const phone = phoneSchema.parse('+4915112345678')
  const titleWith = (person: Person): string => chatTitle(chatWith('ada'), new Map([[ada, person]]), me)

  it('prefers the private name, then the public one, then the number', () => {
    expect(titleWith(personNamed('Ada', { contactName: 'Ána Ñandú', phone }))).toBe('Ána Ñandú')
    expect(titleWith(personNamed('Ada', { phone }))).toBe('Ada')
    expect(titleWith(personNamed('Ada', { displayName: '\u200B', phone }))).toBe(phone)
    expect(chatTitle(chatWith('ada'), new Map(), me)).toBe('')
  })

  it('returns the title of a group, limited to the length of a name', () => {
    expect(chatTitle(groupNamed('Choir'), new Map([[ada, personNamed('Ada')]]), me)).toBe('Choir')
    expect(chatTitle(groupNamed('x'.repeat(100)), new Map(), me)).toHaveLength(NAME_LIMIT)
  })
})
