import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRichText, type Block, type Inline } from '../domain/rich-text.ts'
import { userIdSchema } from '../domain/ids.ts'
import { isMentioned, readBody, summarize, toRawBody, type MessageBody } from './body.ts'
import { PREVIEW_LIMIT, text as textKind, TEXT_LIMIT } from './kinds/text.ts'
import {
  EVERYONE,
  fromMarkedText,
  markedWithNames,
  mentionNames,
  mentionsSchema,
  MENTION_LIMIT,
  readMentions,
  toMarkedText,
  withMentions,
  withNames,
  type Mention,
  type Mentioned,
} from './mentions.ts'

const ada = userIdSchema.parse('ada')
const ben = userIdSchema.parse('ben')
const me = userIdSchema.parse('me')
const mention = (who: Mentioned, start: number, length: number): Mention => ({ who, start, length })
const names = (who: Mentioned): string | null =>
  who === 'ben' ? null : who === EVERYONE ? 'all' : `<${who}>`
const body = (text: string, mentions?: string): MessageBody =>
  mentions === undefined ? { kind: 'text', text } : { kind: 'text', text, mentions }

describe('reading mentions', () => {
  it('returns them in the order of the text', () => {
    expect(readMentions({ text: '@Ada @Ben', mentions: 'ben:5:4 ada:0:4' })).toEqual([
      mention(ada, 0, 4),
      mention(ben, 5, 4),
    ])
    expect(readMentions({ text: '@all', mentions: '*:0:4' })).toEqual([mention(EVERYONE, 0, 4)])
    expect(readMentions({ text: '@Ada' })).toEqual([])
  })

  it('drops what is malformed, empty, out of bounds, or overlaps', () => {
    const read = (mentions: string) => readMentions({ text: '@Ada @Ben', mentions })
    expect(read('ada:0:4 ben:3:4')).toEqual([mention(ada, 0, 4)])
    for (const wrong of [
      'ada:0:0',
      'ada:0:10',
      'ada:9:1',
      'a_b:0:4',
      ':0:4',
      'ada:-1:4',
      'ada:0',
      'ada:0:4:4',
    ])
      expect(read(wrong), wrong).toEqual([])
  })

  it('reads at most MENTION_LIMIT', () => {
    const text = '@'.repeat(60)
    const all = Array.from(text, (_, start) => mention(ada, start, 1))
    const entries = all.map(({ start }) => `ada:${String(start)}:1`).join(' ')
    expect(readMentions({ text, mentions: entries })).toHaveLength(MENTION_LIMIT)
    expect(readMentions(withMentions(text, all))).toEqual(all.slice(0, MENTION_LIMIT))
  })

  it('never throws, overlaps or leaves the text, whatever was written', () => {
    const number = fc.oneof(fc.integer({ min: -3, max: 40 }).map(String), fc.string({ maxLength: 5 }))
    const entry = fc.tuple(fc.oneof(fc.constantFrom('ada', '*', ''), fc.string()), number, number)
    const wild = fc.oneof(
      fc.string(),
      fc.array(entry.map((parts) => parts.join(':'))).map((all) => all.join(' ')),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), wild, (text, mentions) => {
        let end = 0
        for (const { start, length } of readMentions({ text, mentions })) {
          expect(start).toBeGreaterThanOrEqual(end)
          expect(length).toBeGreaterThan(0)
          end = start + length
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })
})

describe('the mentions of a body', () => {
  it('are written in the form that the schema and the rules accept', () => {
    for (const good of ['ada:0:4', '*:0:4 ada:5:10', 'ada:0:4 ada:5:4'])
      expect(mentionsSchema.safeParse(good).success, good).toBe(true)
    for (const bad of ['', ' ', 'ada:0:4 ', 'ada:0:44444', 'ada', 'a-b:0:4', 'ada:0:4  ben:5:4'])
      expect(mentionsSchema.safeParse(bad).success, bad).toBe(false)
  })

  it('are dropped, not the text, when they cannot be read', () => {
    for (const mentions of [7, [], {}, 'x', 'ada:0:4'.repeat(2000)])
      expect(readBody(toRawBody({ kind: 'text', text: 'hi', mentions }))).toEqual({
        kind: 'text',
        text: 'hi',
      })
  })

  it('name a person, or everyone', () => {
    expect(isMentioned(body('@Me', 'me:0:3'), me)).toBe(true)
    expect(isMentioned(body('@all', '*:0:4'), me)).toBe(true)
    expect(isMentioned(body('@Ada', 'ada:0:4'), me)).toBe(false)
    expect(isMentioned(body('@Me', 'me:0:9'), me)).toBe(false)
    expect(isMentioned(body('@Me'), me)).toBe(false)
    expect(isMentioned(null, me)).toBe(false)
    expect(isMentioned({ kind: 'unknown', of: 'poll' }, me)).toBe(false)
  })

  it('stay in the summary where the text is folded, and become text where it is cut', () => {
    expect(summarize(body('\n\n hi   @Ada', 'ada:8:4'))).toEqual(body('hi @Ada', 'ada:3:4'))
    const long = `${'x'.repeat(PREVIEW_LIMIT - 3)}@Ada`
    expect(summarize(body(long, `ada:${String(PREVIEW_LIMIT - 3)}:4`))).toEqual(
      body(`${'x'.repeat(PREVIEW_LIMIT - 3)}@A…`),
    )
  })
})

describe('names', () => {
  it('are those that the reader knows; others stay as the sender wrote them', () => {
    const text = '@A, @Ben and @everyone!'
    const mentions = readMentions({ text, mentions: 'ada:0:2 ben:4:4 *:13:9' })
    expect(withNames({ text, mentions }, names)).toBe('@<ada>, @Ben and @all!')
    expect(textKind.copyText({ kind: 'text', text, mentions: 'ada:0:2' }, names)).toBe(
      '@<ada>, @Ben and @everyone!',
    )
  })

  it('are known for the members of a group only', () => {
    const group = mentionNames({ kind: 'group', memberIds: [me] }, (id) => `<${id}>`, 'all')
    expect([group(me), group(ada), group(EVERYONE)]).toEqual(['<me>', null, 'all'])
    const direct = mentionNames({ kind: 'direct', memberIds: [me] }, (id) => id, 'all')
    expect([direct(me), direct(EVERYONE)]).toEqual([null, null])
  })
})

describe('a marked text', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', '@', ' ', '\n', '*', '`', '\uFDD0', '\uFDD1', '\uFDD2'),
  })
  const written = fc
    .array(fc.tuple(word, fc.constantFrom<Mentioned | null>(ada, EVERYONE, null)))
    .map((parts) => {
      const mentions: Mention[] = []
      let text = ''
      for (const [part, who] of parts) {
        if (who !== null && part !== '') mentions.push(mention(who, text.length, part.length))
        text += part
      }
      return { text, mentions }
    })

  it('keeps text and mentions', () => {
    fc.assert(
      fc.property(written, ({ text, mentions }) => {
        const expected = { text: text.replace(/[\uFDD0-\uFDD2]/gu, '\uFFFD'), mentions }
        expect(fromMarkedText(toMarkedText({ text, mentions }))).toEqual(expected)
      }),
    )
  })

  it('is read from any string', () => {
    fc.assert(
      fc.property(fc.oneof(word, fc.string()), (marked) => {
        expect(fromMarkedText(marked).text).not.toMatch(/[\uFDD0-\uFDD2]/u)
      }),
    )
    expect(fromMarkedText('\uFDD0a_b\uFDD1@Ada\uFDD2')).toEqual({ text: '@Ada', mentions: [] })
  })

  it('is formatted with its mentions, none of which is lost', () => {
    const marked = (text: string, mentions: string): string =>
      toMarkedText({ text, mentions: readMentions({ text, mentions }) }, () => '@')
    expect(parseRichText(marked('*hi @Ada*', 'ada:4:4'))).toEqual([
      {
        kind: 'paragraph',
        lines: [
          [
            {
              kind: 'bold',
              children: [
                { kind: 'text', text: 'hi ' },
                { kind: 'mention', who: 'ada' },
              ],
            },
          ],
        ],
      },
    ])
    expect(parseRichText(marked('see a.com/@Ada!', 'ada:10:4'))[0]).toMatchObject({
      lines: [[{ kind: 'text' }, { url: 'https://a.com/' }, { kind: 'mention' }, { text: '!' }]],
    })
    const [code] = parseRichText(marked('```@Ada```', 'ada:3:4'))
    expect(code?.kind === 'code' && markedWithNames(code.text, names)).toBe('@<ada>')
    fc.assert(
      fc.property(written, ({ text, mentions }) => {
        const blocks = parseRichText(toMarkedText({ text, mentions }, () => '@'))
        expect(blocks.flatMap(mentionedIn)).toEqual(mentions.map(({ who }) => who))
      }),
    )
  })
})

function mentionedIn(block: Block): Mentioned[] {
  if (block.kind === 'code') return fromMarkedText(block.text).mentions.map(({ who }) => who)
  if (block.kind === 'bullets') return block.items.flat().flatMap(mentionedBy)
  if (block.kind === 'numbers') return block.items.flatMap(({ children }) => children.flatMap(mentionedBy))
  return block.lines.flat().flatMap(mentionedBy)
}

function mentionedBy(inline: Inline): Mentioned[] {
  if (inline.kind === 'mention') return [inline.who]
  if (inline.kind === 'code') return fromMarkedText(inline.text).mentions.map(({ who }) => who)
  return 'children' in inline ? inline.children.flatMap(mentionedBy) : []
}

it('keeps a text of the greatest length valid', () => {
  const text = `${'x'.repeat(TEXT_LIMIT - 1)}@`
  expect(
    textKind.schema.safeParse({ kind: 'text', ...withMentions(text, [mention(ada, 4095, 1)]) }).success,
  ).toBe(true)
})
