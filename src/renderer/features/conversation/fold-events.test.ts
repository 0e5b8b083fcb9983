import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { ada, me, message, messageId } from '#shared/domain/test-data.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { foldEvents } from './fold-events.ts'
import { buildRows, type Row } from './rows.ts'

const ben = userIdSchema.parse('ben')
const day = new Date(2026, 2, 1).getTime()
const event = (n: number, from: UserId, body: EventBody, patch: Partial<Message> = {}): Message =>
  message(n, from, { sentAt: day + n, body, ...patch })
const renaming = (n: number): EventBody => ({ kind: 'event', event: 'renamed', title: `Title ${n}` })
const renamed = (n: number): Message => event(n, ada, renaming(n))
const added = (n: number, from: UserId, ...names: string[]): Message =>
  event(n, from, { kind: 'event', event: 'added', uids: names.map((name) => userIdSchema.parse(name)) })
const text = (n: number): Message => message(n, ada, { sentAt: day + n })

const options = {
  me,
  firstUnreadId: null,
  hasOlder: true,
  now: day,
  clockOffset: 0,
  blocked: new Set<UserId>(),
  expanded: new Set<never>(),
}
const fold = (messages: Message[], opened: readonly string[] = []): Row[] =>
  foldEvents(buildRows(messages, options), new Set(opened))

/** Describes each row: a message by its number or the people whom it adds, a fold by its count. */
const shape = (rows: Row[]): string[] =>
  rows.map((row) => {
    if (row.kind === 'fold') return `${row.open ? 'open' : 'fold'} ${row.count}`
    if (row.kind !== 'message') return row.kind
    const { body, seq } = row.message
    return body?.kind === 'event' && body.event === 'added' ? `+${body.uids.join('')}` : String(seq)
  })

describe('foldEvents', () => {
  it('folds three events in a row, not two, and opens them', () => {
    expect(shape(fold([text(1), renamed(2), renamed(3), text(4)]))).toEqual(['1', '2', '3', '4'])
    const messages = [text(1), renamed(2), renamed(3), renamed(4), text(5)]
    expect(shape(fold(messages))).toEqual(['1', 'fold 3', '5'])
    expect(shape(fold(messages, [messageId(3)]))).toEqual(['1', 'open 3', '2', '3', '4', '5'])
  })

  it('shows the people whom one person added in several batches as one event', () => {
    const messages = [added(1, ada, 'a', 'b'), added(2, ada, 'c', 'b'), added(3, ben, 'd')]
    const rows = fold(messages)
    expect(shape(rows)).toEqual(['+abc', '+d'])
    expect(rows[0]?.key).toBe(messageId(2))
  })

  it('neither folds nor merges what failed, and ends a run at a separator', () => {
    const failed = event(3, me, renaming(3), { delivery: 'failed', failure: 'denied' })
    expect(shape(fold([renamed(1), renamed(2), failed, renamed(4)]))).toEqual(['1', '2', '3', '4'])
    const nextDay = event(4, ada, renaming(4), { sentAt: new Date(2026, 2, 2).getTime() })
    expect(shape(fold([renamed(1), renamed(2), renamed(3), nextDay]))).toEqual(['fold 3', 'day', '4'])
  })

  it('keeps an open run open when events come before and after it', () => {
    const messages = [1, 2, 3, 4, 5].map(renamed)
    expect(shape(fold(messages, [messageId(3)]))).toEqual(['open 5', '1', '2', '3', '4', '5'])
  })

  it('loses nobody and no message, repeats no key, and changes nothing else', () => {
    const kinds = fc.constantFrom(
      text,
      renamed,
      (n: number) => added(n, ada, `a${n}`),
      (n: number) => added(n, ben, `b${n}`),
    )
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 30 }), fc.array(fc.nat(30)), (makers, opened) => {
        const messages = makers.map((make, n) => make(n))
        const all = fold(
          messages,
          messages.map(({ id }) => id),
        )
        const some = fold(
          messages,
          opened.map((n) => messageId(n)),
        )
        const people = (rows: Row[]): string[] =>
          rows.flatMap((row) => {
            const body = row.kind === 'message' ? row.message.body : null
            return body?.kind === 'event' && body.event === 'added' ? body.uids : []
          })
        expect(people(all)).toEqual(people(buildRows(messages, options)))
        for (const rows of [all, some]) {
          expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
          expect(
            shape(rows)
              .filter((line) => line.startsWith('fold'))
              .every((line) => Number(line.slice(5)) >= 3),
          ).toBe(true)
        }
        const texts = (rows: readonly Row[]): Row[] =>
          rows.filter((row) => row.kind === 'message' && row.message.body?.kind === 'text')
        expect(texts(some)).toEqual(texts(buildRows(messages, options)))
        // Each event is in exactly one place: in a row of its own, merged into one, or in a closed fold.
        const places = some.flatMap((row) =>
          row.kind === 'fold' && !row.open ? row.ids : row.kind === 'message' ? [row.key] : [],
        )
        expect(new Set(places).size).toBe(places.length)
      }),
    )
  })
})
