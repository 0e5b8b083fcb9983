import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  applyMessages,
  chatId,
  me,
  otherChatId,
  queuedMessage,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'
import { toQuery } from './search.ts'

let harness: Harness

beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

describe('search', { timeout: 60_000 }, () => {
  function found(text: string): number[] {
    return harness.call('replica.search', { text, chatId: null, limit: 50 }).map(({ seq }) => seq)
  }
  function storeTexts(texts: string[]): void {
    applyMessages(
      harness,
      texts.map((text, index) => wireMessage(index, { body: { kind: 'text', text } })),
    )
  }

  it('finds all words, the last one as a prefix, newest first, and ignores case and accents', () => {
    storeTexts([
      'Crème brûlée',
      'cream',
      'creme puff',
      'שלום עולם',
      'مرحبا',
      '日本語 text',
      'NOT a "quote" OR',
    ])
    expect(found('creme')).toEqual([2, 0])
    expect(found('cre')).toEqual([2, 1, 0])
    expect(found('cre pu')).toEqual([])
    expect(found('brulee CRÈ')).toEqual([0])
    expect(found('עו שלום')).toEqual([])
    expect(found('שלום עו')).toEqual([3])
    expect(found('مرح')).toEqual([4])
    expect(found('日本')).toEqual([5])
    expect(found('not OR')).toEqual([6])
    expect(found('"quo')).toEqual([6])
    expect(found('text:日*')).toEqual([5])
  })

  it('finds nothing for a query without words', () => {
    storeTexts(['👋 hello'])
    for (const text of ['', '   ', '👋', '"', '*', '-- ()', '\u0000', '\u0301', '\ud800']) {
      expect(found(text)).toEqual([])
    }
  })

  it('finds the new text after each change of a message', () => {
    harness.call('replica.send', queuedMessage(1))
    applyMessages(harness, [wireMessage(5)])
    expect(found('text')).toEqual([1, 5])
    applyMessages(harness, [wireMessage(1, { senderId: me, sentAt: 1000 })])
    expect(found('text')).toEqual([5, 1])
    applyMessages(harness, [
      wireMessage(1, { senderId: me, updatedAt: 9000, body: { kind: 'text', text: 'else' } }),
    ])
    expect(found('text')).toEqual([5])
    expect(found('else')).toEqual([1])
    applyMessages(harness, [wireMessage(1, { senderId: me, updatedAt: 9999, deletedAt: 9999, body: null })])
    expect(found('else')).toEqual([])
  })

  it('searches only the given chat', () => {
    storeTexts(['text 0'])
    harness.apply({ collection: 'chats', items: [wireChat({ id: otherChatId })], cursor: 1 })
    const search = (inChat: typeof chatId): unknown[] =>
      harness.call('replica.search', { text: 'text', chatId: inChat, limit: 5 })
    expect(search(chatId)).toHaveLength(1)
    expect(search(otherChatId)).toEqual([])
  })

  it('never throws, and finds a text by its own words', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom('"', '*', ' ', 'a', 'OR', 'é', '(', ':', '^', '\u0301', '-', 'ß', '語', '🙂'),
      }),
    )
    fc.assert(
      fc.property(text, (typed) => {
        expect(() => found(typed.slice(0, 200))).not.toThrow()
      }),
      { numRuns: 500 },
    )
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'É', 'ö', '7'), minLength: 1, maxLength: 5 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    let n = 0
    fc.assert(
      fc.property(words, (typed) => {
        n += 1
        applyMessages(harness, [wireMessage(n, { body: { kind: 'text', text: typed.join(' ') } })])
        expect(found(typed.join(' '))).toContain(n)
      }),
      { numRuns: 50 },
    )
  })

  it('treats typed operators as words', () => {
    expect(toQuery('a OR "b* NEAR(c, 2)')).toBe('"a" "OR" "b" "NEAR" "c" "2"*')
  })
})
