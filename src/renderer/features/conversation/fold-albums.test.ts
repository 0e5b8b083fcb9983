import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UserId } from '#shared/domain/ids.ts'
import { ada, me, message, photoBody } from '#shared/domain/test-data.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { foldAlbums } from './fold-albums.ts'
import { buildRows, indexOfKey, messagesIn, type Row, type RowOptions } from './rows.ts'

const day = new Date(2026, 2, 1).getTime()
const options: RowOptions = {
  me,
  firstUnreadId: null,
  hasOlder: true,
  now: day,
  clockOffset: 0,
  blocked: new Set(),
  expanded: new Set(),
}
const photo = (n: number, album: string | undefined, from = ada, patch: Partial<Message> = {}): Message =>
  message(n, from, { sentAt: day + n, body: photoBody({ album: album?.repeat(32) }), ...patch })
const text = (n: number): Message => message(n, ada, { sentAt: day + n })
const fold = (messages: readonly Message[], patch: Partial<RowOptions> = {}): Row[] =>
  foldAlbums(buildRows(messages, { ...options, ...patch }))

/** The numbers of the messages in each row. */
const shape = (rows: readonly Row[]): string[] =>
  rows.map((row) =>
    messagesIn(row)
      .map(({ seq }) => seq)
      .join('+'),
  )

describe('foldAlbums', () => {
  it('joins neighbours of the same album', () => {
    expect(
      shape(fold([text(1), photo(2, 'a'), photo(3, 'a'), photo(4, 'b'), photo(5, 'b'), text(6)])),
    ).toEqual(['1', '2+3', '4+5', '6'])
  })

  it('keeps a photo without an album, or without neighbours, as it is', () => {
    expect(shape(fold([photo(1, undefined), photo(2, undefined), photo(3, 'a')]))).toEqual(['1', '2', '3'])
  })

  it('joins only what one person sent', () => {
    expect(shape(fold([photo(1, 'a'), photo(2, 'a', me), photo(3, 'a', me)]))).toEqual(['1', '2+3'])
  })

  it('is split by what is in between, by a deleted message and by one that failed', () => {
    const deleted = photo(3, 'a', ada, { body: null, deletedAt: day })
    const failed = photo(6, 'a', ada, { delivery: 'failed', failure: 'denied' })
    const messages = [photo(1, 'a'), photo(2, 'a'), deleted, photo(4, 'a'), photo(5, 'a'), failed]
    expect(shape(fold(messages))).toEqual(['1+2', '3', '4+5', '6'])
  })

  it('never shows what someone who is blocked sent', () => {
    expect(shape(fold([photo(1, 'a'), photo(2, 'a')], { blocked: new Set<UserId>([ada]) }))).toEqual([
      '1',
      '2',
    ])
  })

  it('shows at most ten in one grid', () => {
    const messages = Array.from({ length: 21 }, (_, n) => photo(n + 1, 'a'))
    expect(fold(messages).map((row) => messagesIn(row).length)).toEqual([10, 10, 1])
  })

  it('keeps every message once and in order, and finds its row', () => {
    const album = fc.constantFrom('a', 'b', undefined)
    const any = fc.record({ album, own: fc.boolean(), text: fc.boolean() })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (made) => {
        const messages = made.map((one, n) => (one.text ? text(n) : photo(n, one.album, one.own ? me : ada)))
        const rows = fold(messages)
        expect(rows.flatMap(messagesIn)).toEqual(messages)
        for (const one of messages)
          expect(messagesIn(rows[indexOfKey(rows, one.id)]).includes(one)).toBe(true)
      }),
    )
  })
})
