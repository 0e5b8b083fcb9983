import { describe, expect, it } from 'vitest'
import type { Message } from '#shared/messages/envelope.ts'
import { ada, me, message, messageId } from '#shared/domain/test-data.ts'
import { buildRows, type RowOptions, unviewedCount } from './rows.ts'

const noon = (day: number): number => new Date(2026, 2, day, 12).getTime()
const options: RowOptions = {
  me,
  firstUnreadId: null,
  hasOlder: false,
  now: noon(20),
  clockOffset: 0,
  blocked: new Set(),
  expanded: new Set(),
}
const at = (number: number, sender: typeof me, sentAt: number | null): Message =>
  message(number, sender, { sentAt })

/** Describes each row: `day`, `unread`, or a message as `o` (own: `O`). `(` and `)` are the ends of a group, `-` is inside one. */
function shape(messages: Message[], patch: Partial<RowOptions> = {}): string {
  return buildRows(messages, { ...options, ...patch })
    .map((row) => {
      if (row.kind !== 'message') return row.kind
      return `${row.startsGroup ? '(' : '-'}${row.own ? 'O' : 'o'}${row.endsGroup ? ')' : '-'}`
    })
    .join(' ')
}

describe('buildRows', () => {
  it('groups what one sender wrote within five minutes', () => {
    const minute = 60_000
    expect(
      shape([
        at(1, ada, noon(1)),
        at(2, ada, noon(1) + 5 * minute),
        at(3, ada, noon(1) + 10 * minute + 1),
        at(4, me, noon(1) + 10 * minute + 2),
      ]),
    ).toBe('day (o- -o) (o) (O)')
  })

  it('separates days by the local calendar, within a group too', () => {
    const midnight = new Date(2026, 2, 2).getTime()
    expect(shape([at(1, ada, midnight - 1), at(2, ada, midnight), at(3, ada, midnight + 1)])).toBe(
      'day (o) day (o- -o)',
    )
  })

  it('separates every day, even when the clocks change', () => {
    const rows = buildRows(
      Array.from({ length: 24 * 14 }, (_, hour) => at(hour, ada, new Date(2026, 2, 20, hour).getTime())),
      options,
    )
    expect(rows.filter((row) => row.kind === 'day')).toHaveLength(14)
  })

  it('adds no separator before the first message while older messages are not loaded', () => {
    const messages = [at(1, ada, noon(1)), at(2, ada, noon(2))]
    expect(shape(messages, { hasOlder: true })).toBe('(o) day (o)')
    expect(shape(messages, { hasOlder: false })).toBe('day (o) day (o)')
  })

  it('puts the unread divider before its message, which starts a group', () => {
    const messages = [at(1, ada, noon(1)), at(2, ada, noon(1) + 1), at(3, ada, noon(1) + 2)]
    expect(shape(messages, { firstUnreadId: messageId(2) })).toBe('day (o) unread (o- -o)')
  })

  it('uses the local clock, even if the server’s clock is hours ahead', () => {
    const hour = 3_600_000
    const messages = [at(1, me, noon(19) + 13 * hour), at(2, me, noon(20) + 13 * hour), at(3, me, null)]
    const rows = buildRows(messages, { ...options, clockOffset: 13 * hour })
    expect(rows.map((row) => ('at' in row ? row.at : undefined))).toEqual([
      noon(19),
      noon(19),
      noon(20),
      noon(20),
      null,
    ])
    expect(shape(messages, { clockOffset: 13 * hour })).toBe('day (O) day (O- -O)')
  })

  it('treats a message without a server time as sent now', () => {
    expect(shape([at(1, me, noon(19)), at(2, me, null), at(3, me, null)])).toBe('day (O) day (O- -O)')
  })

  it('groups events, whoever sent them, apart from other messages', () => {
    const event = (number: number, sender: typeof me): Message =>
      message(number, sender, {
        sentAt: noon(1) + number,
        body: { kind: 'event', event: 'renamed', title: 'Garden' },
      })
    const messages = [at(1, ada, noon(1)), event(2, ada), event(3, me), at(4, me, noon(1) + 4)]
    expect(shape(messages)).toBe('day (o) (o- -O) (O)')
  })

  it('hides what a blocked person wrote, apart from its group, until it is expanded', () => {
    const messages = [at(1, ada, noon(1)), at(2, ada, noon(1) + 1), at(3, me, noon(1) + 2)]
    const deleted = message(4, ada, { sentAt: noon(1) + 3, body: null, deletedAt: noon(1) + 4 })
    const hidden = (expanded: RowOptions['expanded']): boolean[] =>
      buildRows([...messages, deleted], { ...options, blocked: new Set([ada]), expanded }).flatMap((row) =>
        row.kind === 'message' ? [row.hidden] : [],
      )
    expect(hidden(new Set())).toEqual([true, true, false, false])
    expect(hidden(new Set([messageId(2)]))).toEqual([true, false, false, false])
    expect(shape(messages, { blocked: new Set([ada]), expanded: new Set([messageId(2)]) })).toBe(
      'day (o) (o) (O)',
    )
  })

  it('keeps every key when an older page is put before, and when messages come after', () => {
    const messages = Array.from({ length: 60 }, (_, index) =>
      at(index, index % 7 < 4 ? ada : me, noon(1) + index * 3_000_000),
    )
    const keysOf = (from: number, to: number): string[] =>
      buildRows(messages.slice(from, to), { ...options, hasOlder: from > 0 }).map((row) => row.key)
    const whole = keysOf(0, 60)
    expect(new Set(whole).size).toBe(whole.length)
    expect(whole.join()).toContain(keysOf(20, 40).join())
  })
})

describe('unviewedCount', () => {
  const messages = [message(1, ada), message(2, me), message(3, ada), message(4, me), message(5, ada)]
  it("counts the others' messages after the newest viewed one", () => {
    expect(unviewedCount(messages, messageId(1), me)).toBe(2)
    expect(unviewedCount(messages, messageId(3), me)).toBe(1)
    expect(unviewedCount(messages, messageId(5), me)).toBe(0)
    expect(unviewedCount(messages, null, me)).toBe(3)
  })
})
