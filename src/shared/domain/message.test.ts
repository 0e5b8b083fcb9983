import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageIdSchema } from './ids.ts'
import { compareMessages, PREVIEW_LIMIT, previewOf, type Cursor } from './message.ts'

const place = (id: string, sentAt: number | null, seq = 0): Cursor => ({
  id: messageIdSchema.parse(id.padEnd(16, '-')),
  sentAt,
  seq,
})

describe('compareMessages', () => {
  it('goes by server time, then by the sender’s count, then by id; what is on its way comes last', () => {
    const inOrder = [place('b', 1), place('a', 2, 0), place('a', 2, 1), place('b', 2, 1), place('a', null)]
    expect(inOrder.toReversed().toSorted(compareMessages)).toEqual(inOrder)
  })
})

describe('previewOf', () => {
  const preview = (text: string): string => previewOf({ kind: 'text', text })

  it('is one line', () => {
    expect(preview(' a\n\n b\tc ')).toBe('a b c')
  })

  it('cuts a long text on a whole character', () => {
    expect(preview('x'.repeat(PREVIEW_LIMIT))).toBe('x'.repeat(PREVIEW_LIMIT))
    expect(preview('x'.repeat(PREVIEW_LIMIT + 1))).toBe(`${'x'.repeat(PREVIEW_LIMIT - 1)}…`)
    expect(preview(`${'x'.repeat(PREVIEW_LIMIT - 2)}😀😀`)).toBe(`${'x'.repeat(PREVIEW_LIMIT - 2)}…`)
  })

  it('is as long as the rules allow, and says something of a text that does', () => {
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

  it('says nothing of a kind that is not known', () => {
    expect(previewOf({ kind: 'unknown', of: 'image' })).toBe('')
  })
})
