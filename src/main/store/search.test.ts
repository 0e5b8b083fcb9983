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
  harness.replica.call('replica.applyChats', { chats: [wireChat()], mark: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

describe('search', { timeout: 60_000 }, () => {
  function found(replica: Harness['replica'], text: string): number[] {
    return replica.call('replica.search', { text, chatId: null, limit: 50 }).map(({ seq }) => seq)
  }
  function say(replica: Harness['replica'], texts: string[]): void {
    applyMessages(
      replica,
      texts.map((text, index) => wireMessage(index, { body: { kind: 'text', text } })),
    )
  }

  it('finds all words, the last as a beginning, newest first, whatever case and accent', () => {
    const { replica } = harness
    say(replica, [
      'Crème brûlée',
      'cream',
      'creme puff',
      'שלום עולם',
      'مرحبا',
      '日本語 text',
      'NOT a "quote" OR',
    ])
    expect(found(replica, 'creme')).toEqual([2, 0])
    expect(found(replica, 'cre')).toEqual([2, 1, 0])
    expect(found(replica, 'cre pu')).toEqual([])
    expect(found(replica, 'brulee CRÈ')).toEqual([0])
    expect(found(replica, 'עו שלום')).toEqual([])
    expect(found(replica, 'שלום עו')).toEqual([3])
    expect(found(replica, 'مرح')).toEqual([4])
    expect(found(replica, '日本')).toEqual([5])
    expect(found(replica, 'not OR')).toEqual([6])
    expect(found(replica, '"quo')).toEqual([6])
    expect(found(replica, 'text:日*')).toEqual([5])
  })

  it('finds nothing for what has no words', () => {
    const { replica } = harness
    say(replica, ['👋 hello'])
    for (const text of ['', '   ', '👋', '"', '*', '-- ()', '\u0000', '\u0301', '\ud800']) {
      expect(found(replica, text)).toEqual([])
    }
  })

  it('follows each change of a message', () => {
    const { replica } = harness
    replica.call('replica.send', queuedMessage(1))
    applyMessages(replica, [wireMessage(5)])
    expect(found(replica, 'text')).toEqual([1, 5])
    applyMessages(replica, [wireMessage(1, { senderId: me, sentAt: 1000 })])
    expect(found(replica, 'text')).toEqual([5, 1])
    applyMessages(replica, [
      wireMessage(1, { senderId: me, updatedAt: 9000, body: { kind: 'text', text: 'else' } }),
    ])
    expect(found(replica, 'text')).toEqual([5])
    expect(found(replica, 'else')).toEqual([1])
    applyMessages(replica, [wireMessage(1, { senderId: me, updatedAt: 9999, deletedAt: 9999, body: null })])
    expect(found(replica, 'else')).toEqual([])
  })

  it('stays in one chat when told to', () => {
    const { replica } = harness
    say(replica, ['text 0'])
    replica.call('replica.applyChats', { chats: [wireChat({ id: otherChatId })], mark: 1 })
    const search = (inChat: typeof chatId): unknown[] =>
      replica.call('replica.search', { text: 'text', chatId: inChat, limit: 5 })
    expect(search(chatId)).toHaveLength(1)
    expect(search(otherChatId)).toEqual([])
  })

  it('never fails, and finds a text by its own words', () => {
    const { replica } = harness
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom('"', '*', ' ', 'a', 'OR', 'é', '(', ':', '^', '\u0301', '-', 'ß', '語', '🙂'),
      }),
    )
    fc.assert(
      fc.property(text, (typed) => {
        expect(() => found(replica, typed.slice(0, 200))).not.toThrow()
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
        applyMessages(replica, [wireMessage(n, { body: { kind: 'text', text: typed.join(' ') } })])
        expect(found(replica, typed.join(' '))).toContain(n)
      }),
      { numRuns: 50 },
    )
  })

  it('makes no operator of anything typed', () => {
    expect(toQuery('a OR "b* NEAR(c, 2)')).toBe('"a" "OR" "b" "NEAR" "c" "2"*')
  })
})
