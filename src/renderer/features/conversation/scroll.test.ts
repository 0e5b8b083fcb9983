import { describe, expect, it } from 'vitest'
import { ada, me, message, messageId } from '#shared/domain/test-data.ts'
import { foldEvents } from './fold-events.ts'
import { buildRows } from './rows.ts'
import {
  arrivedMessages,
  dayAtTop,
  goesToEnd,
  isAfter,
  rowBeside,
  rowWith,
  newestInView,
  openingPlace,
  sticksToEnd,
} from './scroll.ts'

const pending = (number: number) => message(number, me, { sentAt: null, updatedAt: null, delivery: 'queued' })
const few = [message(1, ada), message(2, ada), message(3, me)]
const rowsOf = (messages: typeof few, firstUnreadId: (typeof few)[number]['id'] | null = null) =>
  buildRows(messages, {
    me,
    firstUnreadId,
    hasOlder: true,
    now: 0,
    clockOffset: 0,
    blocked: new Set(),
    expanded: new Set(),
  })

describe('openingPlace', () => {
  it('returns the unread divider, or the end if there is none', () => {
    expect(openingPlace(rowsOf(few, messageId(2)))).toEqual({ at: 'row', index: 1 })
    expect(openingPlace(rowsOf(few))).toEqual({ at: 'end' })
    expect(openingPlace([])).toEqual({ at: 'end' })
  })
})

describe('dayAtTop', () => {
  const DAY_MS = 24 * 3_600_000
  const messages = [message(1, ada, { sentAt: DAY_MS }), message(2, ada, { sentAt: 3 * DAY_MS })]
  const rows = buildRows(messages, {
    me,
    firstUnreadId: null,
    hasOlder: false,
    now: 0,
    clockOffset: 0,
    blocked: new Set(),
    expanded: new Set(),
  })
  // Day, message, day, message: each 100 px high.
  const placed = rows.map((_, index) => ({ index, start: index * 100, end: (index + 1) * 100 }))

  it('returns the time of the message at the top', () => {
    expect(dayAtTop(rows, placed, 110)).toBe(DAY_MS)
    expect(dayAtTop(rows, placed, 300)).toBe(3 * DAY_MS)
  })
  it('returns null while a day separator is at the top or close below it', () => {
    expect(dayAtTop(rows, placed, 0)).toBeNull()
    expect(dayAtTop(rows, placed, 99)).toBeNull()
    expect(dayAtTop(rows, placed, 161)).toBeNull()
    expect(dayAtTop(rows, placed, 160)).toBe(DAY_MS)
  })
  it('returns null for an empty list and for a message without a time', () => {
    expect(dayAtTop([], [], 0)).toBeNull()
    expect(dayAtTop(rowsOf([pending(1)]), [{ index: 0, start: 0, end: 50 }], 0)).toBeNull()
  })
})

describe('sticksToEnd', () => {
  const end = { scrollTop: 500, scrollHeight: 1000, clientHeight: 500 }
  it('returns true at the end, and when the reader scrolls close to it', () => {
    expect(sticksToEnd(null, end)).toBe(true)
    expect(sticksToEnd({ ...end, scrollTop: 300 }, { ...end, scrollTop: 480 })).toBe(true)
    expect(sticksToEnd({ ...end, scrollTop: 300 }, { ...end, scrollTop: 470 })).toBe(false)
  })
  it('returns false when the reader scrolls up, even a little', () => {
    expect(sticksToEnd(end, { ...end, scrollTop: 496 })).toBe(false)
  })
  it('returns true when a change of the content or the window moved the scroll position', () => {
    expect(sticksToEnd(end, { scrollTop: 460, scrollHeight: 960, clientHeight: 500 })).toBe(true)
    expect(sticksToEnd(end, { scrollTop: 450, scrollHeight: 1000, clientHeight: 550 })).toBe(true)
  })
})

describe('goesToEnd', () => {
  it('keeps the place when older messages are added at the start', () => {
    expect(goesToEnd(few.slice(1), few, { me, atEnd: false })).toBe(false)
  })

  it('follows a new message only when the reader is at the end', () => {
    const more = [...few, message(4, ada)]
    expect(goesToEnd(few, more, { me, atEnd: true })).toBe(true)
    expect(goesToEnd(few, more, { me, atEnd: false })).toBe(false)
  })

  it('jumps to a message just sent here, but not to one sent on another device', () => {
    expect(goesToEnd(few, [...few, pending(4)], { me, atEnd: false })).toBe(true)
    expect(goesToEnd(few, [...few, message(4, me)], { me, atEnd: false })).toBe(false)
  })

  it('does not jump when a message gets its server time, or when a later message is removed', () => {
    expect(goesToEnd([...few, pending(4)], [...few, message(4, me)], { me, atEnd: false })).toBe(false)
    expect(goesToEnd([...few, pending(4), pending(5)], [...few, pending(4)], { me, atEnd: false })).toBe(
      false,
    )
  })
})

describe('arrivedMessages', () => {
  it('returns the messages from others that were added at the end', () => {
    expect(arrivedMessages(few, [...few, message(4, ada), message(5, me), message(6, ada)], me)).toEqual([
      message(4, ada),
      message(6, ada),
    ])
  })

  it('includes a message placed before a pending outgoing message', () => {
    expect(arrivedMessages([...few, pending(9)], [...few, message(4, ada), pending(9)], me)).toEqual([
      message(4, ada),
    ])
  })

  it('returns nothing for an older page or a removal', () => {
    expect(arrivedMessages(few, [message(0, ada), ...few], me)).toEqual([])
    expect(arrivedMessages(few, few.slice(0, 2), me)).toEqual([])
  })
})

describe('newestInView', () => {
  const rows = rowsOf(few)
  const placed = [
    { index: 0, start: 0, end: 50 },
    { index: 1, start: 50, end: 100 },
    { index: 2, start: 100, end: 400 },
  ]
  it('returns the last message whose end is in view', () => {
    expect(newestInView(rows, placed, { top: 0, bottom: 120 })?.id).toBe(messageId(2))
    expect(newestInView(rows, placed, { top: 0, bottom: 399 })?.id).toBe(messageId(3))
    expect(newestInView(rows, placed, { top: -10, bottom: 40 })).toBeNull()
  })
  it('skips messages that are not accepted', () => {
    const others = newestInView(rows, placed, { top: 0, bottom: 400 }, ({ senderId }) => senderId !== me)
    expect(others?.id).toBe(messageId(2))
  })
  it('returns a message that fills the view', () => {
    expect(newestInView(rows, placed, { top: 120, bottom: 200 })?.id).toBe(messageId(3))
  })
})

describe('rowBeside', () => {
  const rows = rowsOf(few, messageId(3))
  it('starts at the newest message and skips other rows', () => {
    expect(rowBeside(rows, null, 'up')).toBe(messageId(3))
    expect(rowBeside(rows, messageId(3), 'up')).toBe(messageId(2))
    expect(rowBeside(rows, messageId(2), 'down')).toBe(messageId(3))
  })
  it('returns null at both ends', () => {
    expect(rowBeside(rows, messageId(1), 'up')).toBeNull()
    expect(rowBeside(rows, messageId(3), 'down')).toBeNull()
    expect(rowBeside(rows, null, 'down')).toBeNull()
  })
})

describe('isAfter', () => {
  it('compares by the order of the list', () => {
    expect(isAfter(few, messageId(3), messageId(2))).toBe(true)
    expect(isAfter(few, messageId(2), messageId(2))).toBe(false)
    expect(isAfter(few, messageId(1), messageId(2))).toBe(false)
    expect(isAfter(few, messageId(1), null)).toBe(true)
    expect(isAfter(few, messageId(9), null)).toBe(false)
  })
})

describe('a fold of events', () => {
  const renamed = (number: number) =>
    message(number, ada, { body: { kind: 'event', event: 'renamed', title: 'Garden' } })
  const plain = rowsOf([message(1, me), renamed(2), renamed(3), renamed(4), message(5, me)])
  const closed = foldEvents(plain, new Set())
  const open = foldEvents(plain, new Set([messageId(3)]))
  const fold = `fold ${messageId(2)}`
  const placed = closed.map((_, index) => ({ index, start: index * 40, end: index * 40 + 40 }))

  it('counts as its newest message while it is closed', () => {
    const newest = newestInView(closed, placed, { top: 0, bottom: 80 })
    expect(newest?.id).toBe(messageId(4))
    expect(rowWith(closed, newest)).toBe(fold)
    expect(rowWith(open, newest)).toBe(messageId(4))
    expect(rowWith(rowsOf(few, messageId(2)), null)).toBeNull()
  })

  it('can have the focus, open or closed', () => {
    expect(rowBeside(closed, messageId(5), 'up')).toBe(fold)
    expect(rowBeside(closed, fold, 'up')).toBe(messageId(1))
    expect(rowBeside(open, messageId(2), 'up')).toBe(fold)
    expect(rowBeside(open, fold, 'down')).toBe(messageId(2))
  })
})
