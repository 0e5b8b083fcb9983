import type { MessageBody } from './body.ts'
import { createInstance } from 'i18next'
import { userIdSchema } from '../domain/ids.ts'
import { attachment, photo } from '../domain/test-data.ts'
import { albumIdSchema } from './attachment.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bodySchema,
  copyTextOf,
  describe as describeKind,
  forwardedBody,
  rawBodySchema,
  readBody,
  summarize,
  textOf,
  toRawBody,
} from './body.ts'
import en from '../locales/en.json' with { type: 'json' }
import { describeBody, type Sender } from './describe-body.ts'
import { kindNames } from './kinds/index.ts'
import { PREVIEW_LIMIT, previewOfText, TEXT_LIMIT } from './kinds/text.ts'

const unknown = (of: string) => ({ kind: 'unknown', of }) as const
const { t } = await (async () => {
  const i18n = createInstance()
  await i18n.init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  return i18n
})()
const ana = userIdSchema.parse('ana')
const reader: Sender = {
  own: false,
  name: 'Ana',
  nameOf: (id) => (id === 'me' ? null : `<${id}>`),
  mentionName: (who) => `<${who}>`,
}

describe('a raw body', () => {
  it('is read as it was written', () => {
    const body = { kind: 'text', text: 'hello "world"\n\u0000' }
    expect(readBody(toRawBody(body))).toEqual(body)
  })

  it('keeps fields that this version does not know, for newer versions', () => {
    const raw = toRawBody({ kind: 'text', text: 'hi', replyTo: 'x' })
    expect(raw).toContain('replyTo')
    expect(readBody(raw)).toEqual({ kind: 'text', text: 'hi' })
  })

  it('is read as unknown when its kind is new, missing or not a string', () => {
    expect(readBody(toRawBody({ kind: 'poll', question: '?' }))).toEqual(unknown('poll'))
    for (const body of [undefined, null, 7, 'text', [], {}, { kind: 7 }, { text: 'x' }])
      expect(readBody(toRawBody(body))).toEqual(unknown(''))
    for (const kind of ['unknown', 'constructor', '__proto__', 'toString'])
      expect(readBody(toRawBody(JSON.parse(`{"kind":"${kind}"}`)))).toEqual(unknown(kind))
    expect(readBody(toRawBody({ kind: 'x'.repeat(99) }))).toEqual(unknown('x'.repeat(32)))
  })

  it('is read with its text cut when the text is too long, and as unknown when the text is empty', () => {
    const body = readBody(toRawBody({ kind: 'text', text: 'x'.repeat(TEXT_LIMIT + 1) }))
    expect(body).toEqual({ kind: 'text', text: 'x'.repeat(TEXT_LIMIT) })
    expect(readBody(toRawBody({ kind: 'text', text: '' }))).toEqual(unknown('text'))
  })

  it('keeps only what this version reads, or only its kind, when it is too large', () => {
    const long = toRawBody({ kind: 'text', text: 'x'.repeat(300_000) })
    expect(readBody(long)).toEqual({ kind: 'text', text: 'x'.repeat(TEXT_LIMIT) })
    expect(toRawBody({ kind: 'poll', question: 'x'.repeat(300_000) })).toBe('{"kind":"poll"}')
  })

  it('never makes the reader throw, and is always read as a valid body', () => {
    const json = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(json, (text) => {
        expect(bodySchema.safeParse(readBody(rawBodySchema.parse(text))).success).toBe(true)
      }),
    )
    const anything = fc.anything({ withBigInt: false })
    fc.assert(fc.property(anything, (value) => rawBodySchema.safeParse(toRawBody(value)).success))
  })
})

describe('the schema of a body', () => {
  it('accepts exactly what each kind writes', () => {
    expect(kindNames).toContain('text')
    expect(bodySchema.safeParse({ kind: 'text', text: 'hi' }).success).toBe(true)
    expect(bodySchema.safeParse(unknown('poll')).success).toBe(true)
    const wrong = [
      { kind: 'text', text: '' },
      { kind: 'text', text: 'x'.repeat(TEXT_LIMIT + 1) },
      { kind: 'text', text: 'hi', more: 1 },
      { kind: 'constructor' },
      { kind: 'poll' },
      null,
      'text',
    ]
    for (const body of wrong) expect(bodySchema.safeParse(body).success).toBe(false)
  })
})

describe('the preview of a text', () => {
  const preview = (text: string): string => previewOfText({ text }).text

  it('is one line', () => {
    expect(preview(' a\n\n b\tc ')).toBe('a b c')
  })

  it('is cut, never inside a surrogate pair', () => {
    expect(preview('x'.repeat(PREVIEW_LIMIT))).toBe('x'.repeat(PREVIEW_LIMIT))
    expect(preview('x'.repeat(PREVIEW_LIMIT + 1))).toBe(`${'x'.repeat(PREVIEW_LIMIT - 1)}…`)
    expect(preview(`${'x'.repeat(PREVIEW_LIMIT - 2)}😀😀`)).toBe(`${'x'.repeat(PREVIEW_LIMIT - 2)}…`)
  })

  it('has at most the length that the rules allow, and is empty only for white space', () => {
    const pieces = fc.array(fc.constantFrom('a', 'é', ' ', '\n', '\u3000', '😀', '\uD83D'), {
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(pieces, (some) => {
        const text = some.join('')
        expect(preview(text).length).toBeLessThanOrEqual(PREVIEW_LIMIT)
        expect(preview(text) === '').toBe(text.trim() === '')
      }),
    )
  })

  it('is the same for the summary of the body, which is a valid body', () => {
    for (const text of ['x'.repeat(TEXT_LIMIT), ' \n ', 'a\n\nb']) {
      const summary = summarize({ kind: 'text', text })
      expect(bodySchema.safeParse(summary).success).toBe(true)
      expect(describeKind(summary)).toEqual({ text: preview(text), mentions: [] })
    }
  })
})

describe('a body in one line', () => {
  it('quotes the sender, without direction overrides', () => {
    expect(describeBody(t, { kind: 'text', text: 'a\n\u202Eb' }, reader)).toEqual({
      text: 'a b',
      isQuote: true,
    })
  })

  it('names the people who are mentioned as the reader knows them', () => {
    const body = { kind: 'text', text: 'ask @A. Quill', mentions: 'ada:4:9' } as const
    expect(describeBody(t, body, reader)).toEqual({ text: 'ask @<ada>', isQuote: true })
  })

  it('is a phrase of the catalogue for an unknown or deleted message', () => {
    expect(describeBody(t, { kind: 'text', text: '\u200B \u3164' }, reader).text).toBe('Empty message')
    expect(describeBody(t, unknown('poll'), reader)).toEqual({
      text: 'Update Perch to see this message',
      isQuote: false,
    })
    expect(describeBody(t, null, reader).text).toBe('This message was deleted')
    expect(describeBody(t, null, { ...reader, own: true }).text).toBe('You deleted this message')
  })
  it('names the people of an event as the reader knows them', () => {
    const added = (...uids: string[]): MessageBody => ({
      kind: 'event',
      event: 'added',
      uids: uids.map((uid) => userIdSchema.parse(uid)),
    })
    const textOfEvent = (body: MessageBody, own = false): string =>
      describeBody(t, body, { ...reader, own }).text.replace(/[\u2068\u2069]/gu, '')
    expect(textOfEvent(added('ben'))).toBe('Ana added <ben>')
    expect(textOfEvent(added('ben', 'me'))).toBe('Ana added you and <ben>')
    expect(textOfEvent(added('ben', 'cleo', 'dan', 'me'))).toBe('Ana added you, <ben> and 2 others')
    expect(textOfEvent(added('ben', 'cleo', 'dan', 'eve'), true)).toBe('You added <ben>, <cleo> and 2 others')
    expect(textOfEvent({ kind: 'event', event: 'left', uids: [ana] })).toBe('Ana left')
    expect(textOfEvent({ kind: 'event', event: 'photo', photo })).toBe('Ana changed the group photo')
    expect(textOfEvent({ kind: 'event', event: 'photo', photo: null }, true)).toBe(
      'You removed the group photo',
    )
    expect(textOfEvent({ kind: 'event', event: 'renamed', title: 'a\u202Eb' })).toBe(
      'Ana named the group “ab”',
    )
  })
})

it('returns the text of a body for each use, and null for an unknown or deleted one', () => {
  const text = { kind: 'text', text: 'hi' } as const
  for (const use of ['searchText', 'draftText'] as const) {
    expect(textOf(use, text)).toBe('hi')
    expect(textOf(use, unknown('poll'))).toBeNull()
    expect(textOf(use, null)).toBeNull()
  }
  expect(copyTextOf(text, reader.mentionName)).toBe('hi')
  expect(copyTextOf(unknown('poll'), reader.mentionName)).toBeNull()
  expect(copyTextOf(null, reader.mentionName)).toBeNull()
})

describe('a forwarded body', () => {
  const photoFile = attachment()
  it('keeps its words, without mentions and without its album', () => {
    const mentions = 'ana:0:4'
    expect(forwardedBody({ kind: 'text', text: '@Ana hi', mentions })).toEqual({
      kind: 'text',
      text: '@Ana hi',
    })
    const photoBody = { kind: 'photo', file: photoFile, width: 4, height: 3, hash: '' } as const
    const album = albumIdSchema.parse('0'.repeat(32))
    expect(forwardedBody({ ...photoBody, text: '@Ana', mentions, album })).toEqual({
      ...photoBody,
      text: '@Ana',
    })
    const document = { kind: 'file', file: photoFile, name: 'a.pdf' } as const
    expect(forwardedBody({ ...document, text: '@Ana', mentions })).toEqual({ ...document, text: '@Ana' })
    const covered = { ...document, cover: photo.small }
    expect(forwardedBody({ ...covered, text: '@Ana', mentions })).toEqual({ ...covered, text: '@Ana' })
  })

  it('is null for a change of a group, and for what is deleted or unknown', () => {
    expect(forwardedBody({ kind: 'event', event: 'deleted' })).toBeNull()
    expect(forwardedBody(null)).toBeNull()
    expect(forwardedBody(unknown('poll'))).toBeNull()
  })
})

describe('the cover of a file', () => {
  const document = { kind: 'file', file: attachment(), name: 'a.pdf', text: 'Look' } as const
  const covered = { ...document, cover: photo.small }

  it('is a small WebP picture', () => {
    expect(bodySchema.safeParse(covered).success).toBe(true)
    expect(readBody(toRawBody(covered))).toEqual(covered)
  })

  it.each([
    ['another format', 'PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'],
    ['a URL', 'https://example.org/a.webp'],
    ['one that is too long', photo.small.replace(/=*$/u, '').padEnd(8004, 'A')],
    ['a list', [photo.small]],
    ['null', null],
  ])('%s is never written, and left out of what others wrote', (_, cover) => {
    expect(bodySchema.safeParse({ ...document, cover }).success).toBe(false)
    expect(readBody(toRawBody({ ...document, cover }))).toEqual(document)
  })

  it('is not in the summary for the chat list', () => {
    expect(summarize(covered)).toEqual({ ...document, mentions: undefined })
    expect(describeKind(summarize(covered))).toEqual(describeKind(document))
  })
})
