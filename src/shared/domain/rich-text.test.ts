import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { isBlank } from './display-text.ts'
import { type Block, type Inline, fewEmoji, parseInline, parseRichText } from './rich-text.ts'

const text = (value: string): Inline => ({ kind: 'text', text: value })
const bold = (...children: Inline[]): Inline => ({ kind: 'bold', children })
const italic = (...children: Inline[]): Inline => ({ kind: 'italic', children })
const strike = (...children: Inline[]): Inline => ({ kind: 'strike', children })
const code = (value: string): Inline => ({ kind: 'code', text: value })

describe('parseInline', () => {
  it('parses each mark', () => {
    expect(parseInline('a *b* c')).toEqual([text('a '), bold(text('b')), text(' c')])
    expect(parseInline('_b c_')).toEqual([italic(text('b c'))])
    expect(parseInline('(~b~)')).toEqual([text('('), strike(text('b')), text(')')])
    expect(parseInline('run `npm *x*`!')).toEqual([text('run '), code('npm *x*'), text('!')])
  })

  it('nests different marks, but never the same mark', () => {
    expect(parseInline('*a _b ~c~_*')).toEqual([bold(text('a '), italic(text('b '), strike(text('c'))))])
    expect(parseInline('_*x*_')).toEqual([italic(bold(text('x')))])
  })

  it('keeps marks as text when they are inside words, next to spaces, doubled or unclosed', () => {
    for (const plain of [
      'snake_case_name',
      '2*3*4',
      '* a *',
      '**a**',
      '*a',
      'a*',
      '~ b~',
      '***',
      '``a``',
      '`a',
      '*',
    ]) {
      expect(parseInline(plain)).toEqual([text(plain)])
    }
  })

  it('resolves crossed marks by the first closing mark', () => {
    expect(parseInline('*a _b* c_')).toEqual([bold(text('a _b')), text(' c_')])
  })

  it('finds only http, https and mail links', () => {
    expect(parseInline('see https://x.org/a_b_c, ok')).toEqual([
      text('see '),
      { kind: 'link', text: 'https://x.org/a_b_c', url: 'https://x.org/a_b_c' },
      text(', ok'),
    ])
    expect(parseInline('x.org')).toEqual([{ kind: 'link', text: 'x.org', url: 'https://x.org/' }])
    expect(parseInline('a@x.org')).toEqual([{ kind: 'link', text: 'a@x.org', url: 'mailto:a@x.org' }])
    for (const plain of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'ftp://x.org',
      'tel:+15550100',
      'data:text/html,x',
    ]) {
      expect(parseInline(plain)).toEqual([text(plain)])
    }
  })

  it('formats text around links and finds no links in code', () => {
    expect(parseInline('*https://x.org/a*')).toEqual([
      bold({ kind: 'link', text: 'https://x.org/a', url: 'https://x.org/a' }),
    ])
    expect(parseInline('`curl https://x.org/ -v` ok')).toEqual([code('curl https://x.org/ -v'), text(' ok')])
  })

  it('shows a host with non-Latin letters in ASCII', () => {
    expect(parseInline('https://раураl.com/in')).toEqual([
      { kind: 'link', text: 'https://xn--l-7sba6dbr.com/in', url: 'https://xn--l-7sba6dbr.com/in' },
    ])
    expect(parseInline('https://x.org/Zürich')).toEqual([
      { kind: 'link', text: 'https://x.org/Zürich', url: 'https://x.org/Z%C3%BCrich' },
    ])
  })
})

describe('parseRichText', () => {
  it('puts lines into one paragraph', () => {
    expect(parseRichText('a\n\n*b*')).toEqual([
      { kind: 'paragraph', lines: [[text('a')], [], [bold(text('b'))]] },
    ])
  })

  it('parses lists and quotes, and keeps the numbers as written', () => {
    expect(parseRichText('- a\n- *b*\n1. c\n7. d\n> e\n> f\ng')).toEqual([
      { kind: 'bullets', items: [[text('a')], [bold(text('b'))]] },
      {
        kind: 'numbers',
        items: [
          { number: 1, children: [text('c')] },
          { number: 7, children: [text('d')] },
        ],
      },
      { kind: 'quote', lines: [[text('e')], [text('f')]] },
      { kind: 'paragraph', lines: [[text('g')]] },
    ])
  })

  it('starts no list or quote when the space or the text after the marker is missing', () => {
    for (const plain of ['-a', '1.a', '>_<', '- ', '>', '-5 degrees']) {
      expect(parseRichText(plain)).toEqual([{ kind: 'paragraph', lines: [[text(plain)]] }])
    }
  })

  it('parses code blocks and formats nothing inside them', () => {
    expect(parseRichText('a\n```\n*b*\n  - c\n```\nd')).toEqual([
      { kind: 'paragraph', lines: [[text('a')]] },
      { kind: 'code', text: '*b*\n  - c' },
      { kind: 'paragraph', lines: [[text('d')]] },
    ])
    expect(parseRichText('``` ```')).toEqual([{ kind: 'paragraph', lines: [[text('``` ```')]] }])
    expect(parseRichText('```a')).toEqual([{ kind: 'paragraph', lines: [[text('```a')]] }])
  })
})

describe('blank lines', () => {
  const lines = (text: string): unknown =>
    parseRichText(text).map((block) => ('lines' in block ? block.lines.length : block))
  it('are dropped at the start and the end', () => {
    expect(parseRichText('\n \n\ta\n\n ')).toEqual(parseRichText('\ta'))
  })
  it('become one in the middle', () => {
    expect(lines('a\n\n\n \n\nb')).toEqual([3])
    expect(lines('a\n\nb\nc')).toEqual([4])
  })
  it('stay in a code block', () => {
    expect(parseRichText('```\na\n\n\nb\n```')).toEqual([{ kind: 'code', text: 'a\n\n\nb' }])
  })
  it('are no block at all when nothing is visible', () => {
    for (const blank of ['', ' ', '\n\n', '\u3164\n\u2800']) expect(parseRichText(blank)).toEqual([])
  })
})

describe('any input', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '```',
      '>',
      '- ',
      '1. ',
      ' ',
      '\n',
      'a',
      'é',
      '👍',
      '\u202E',
      'http://x.org/',
    ),
    maxLength: 200,
  })
  const inlineText = (inline: Inline): string =>
    'children' in inline
      ? inline.children.map(inlineText).join('')
      : inline.kind === 'mention'
        ? '@'
        : inline.text
  const lineText = (line: Inline[]): string => line.map(inlineText).join('')
  const blockText = (block: Block): string => {
    if (block.kind === 'code') return block.text
    if (block.kind === 'bullets') return block.items.map(lineText).join('\n')
    if (block.kind === 'numbers')
      return block.items.map((item) => `${item.number} ${lineText(item.children)}`).join('\n')
    return block.lines.map(lineText).join('\n')
  }
  const withoutMarkers = (value: string): string => value.replace(/[*_~`>\-.\s]/gu, '')

  it('never throws and keeps everything except markers, in order', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 200 })), (value) => {
        fc.pre(!/[@:]|\.[^\s]/u.test(value.replaceAll('http://x.org/', ''))) // skips other links: their text may be changed to ASCII
        fc.pre(!isBlank(value))
        const shown = parseRichText(value).map(blockText).join('\n')
        expect(withoutMarkers(shown)).toBe(withoutMarkers(value))
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  it('returns a shallow tree', () => {
    const depth = (inline: Inline): number =>
      'children' in inline ? 1 + Math.max(0, ...inline.children.map(depth)) : 1
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', '_', '~', 'a', ' '), maxLength: 300 }), (value) => {
        expect(Math.max(0, ...parseInline(value).map(depth))).toBeLessThanOrEqual(4)
      }),
    )
  })

  it.each([
    '*_~',
    '*a ',
    '*a _b ~c ',
    '_*~ `',
    '` `` ',
    '``` ',
    '> ',
    '- *a\n',
    '*a* ',
    '~_*a',
    ' *',
    '*a _b~c*_~ ',
  ])('needs about four times the steps for four times the text %j', (unit) => {
    const steps = (length: number): number => {
      const spies = [
        vi.spyOn(RegExp.prototype, 'test'),
        vi.spyOn(Array.prototype, 'push'),
        vi.spyOn(String.prototype, 'indexOf'),
      ]
      parseRichText(unit.repeat(Math.ceil(length / unit.length)).slice(0, length))
      const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
      for (const spy of spies) spy.mockRestore()
      return count
    }
    expect(steps(4096)).toBeLessThanOrEqual(4.5 * steps(1024) + 200)
  })
})

describe('fewEmoji', () => {
  it('returns true for one to three emoji', () => {
    for (const [few, count] of [
      ['👍', 1],
      ['👍🏽 ❤️', 2],
      ['👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪', 3],
    ] as const)
      expect(fewEmoji(few)).toBe(count)
    for (const other of ['', 'a', '👍 ok', '👍👍👍👍', '12', '#']) expect(fewEmoji(other)).toBe(0)
  })
})
