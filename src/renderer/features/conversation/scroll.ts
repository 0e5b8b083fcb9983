import type { MessageId, UserId } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import type { Row } from './rows.ts'

/** Within this many px of the end, the reader is at the newest message. */
export const END_THRESHOLD_PX = 24
/** Within this many px of the top, one more older page is asked for. */
export const OLDER_THRESHOLD_PX = 600

/** Where a list starts: at the first unread message, else at the newest. */
export type OpeningPlace = { at: 'row'; index: number } | { at: 'end' }

export function openingPlace(rows: readonly Row[]): OpeningPlace {
  const index = rows.findIndex((row) => row.kind === 'unread')
  return index === -1 ? { at: 'end' } : { at: 'row', index }
}

/** A scroller at one moment, in px. */
export interface ScrollGeometry {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

/**
 * After a scroll: is the reader at the end, to stay there? Not when they have just moved up, however little; a place that
 * changed because the content or the window did is not their doing.
 */
export function sticksToEnd(before: ScrollGeometry | null, after: ScrollGeometry): boolean {
  const movedUp =
    before !== null &&
    before.scrollHeight === after.scrollHeight &&
    before.clientHeight === after.clientHeight &&
    after.scrollTop < before.scrollTop
  return !movedUp && after.scrollHeight - after.scrollTop - after.clientHeight <= END_THRESHOLD_PX
}

/**
 * When the messages change: does the list go to its end? While the reader is there, and wherever they are when they have just
 * sent something. Otherwise what is being read keeps its place (older pages, and new messages while scrolled up).
 */
export function goesToEnd(
  before: readonly Message[],
  after: readonly Message[],
  options: { me: UserId; atEnd: boolean },
): boolean {
  const newest = after.at(-1)
  const isSentNow =
    newest?.senderId === options.me && newest.sentAt === null && !before.some(({ id }) => id === newest.id)
  return options.atEnd || isSentNow
}

/** The others' messages that were added at the end, oldest first: what is announced. */
export function arrivedMessages(
  before: readonly Message[],
  after: readonly Message[],
  me: UserId,
): Message[] {
  // An own message that waits for its server time stays last, whatever arrives before it.
  const known = before.findLast((message) => message.sentAt !== null)
  const old =
    known === undefined ? -1 : after.findLastIndex((message) => compareMessages(message, known) <= 0)
  return after.slice(old + 1).filter((message) => message.senderId !== me)
}

/** A laid-out row, in px from the top of the list. */
export interface PlacedRow {
  index: number
  start: number
  end: number
}

/**
 * The newest message whose end (the last line is read last) is within the viewport, or that fills it. Null: none is.
 * `placed` is ordered by index; only messages that `accept` takes count.
 */
export function newestInView(
  rows: readonly Row[],
  placed: readonly PlacedRow[],
  viewport: { top: number; bottom: number },
  accept: (message: Message) => boolean = () => true,
): Message | null {
  for (const place of placed.toReversed()) {
    const row = rows[place.index]
    if (row?.kind !== 'message' || !accept(row.message)) continue
    const endsInView = place.end > viewport.top && place.end <= viewport.bottom + 1
    const fillsView = place.start <= viewport.top && place.end >= viewport.bottom
    if (endsInView || fillsView) return row.message
  }
  return null
}

/** The message above or below `from` (null: above the end of the list); null when there is none. */
export function messageBeside(
  rows: readonly Row[],
  from: MessageId | null,
  direction: 'up' | 'down',
): MessageId | null {
  const step = direction === 'up' ? -1 : 1
  const start = from === null ? rows.length : rows.findIndex((row) => row.key === from)
  for (let index = start + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index]
    if (row?.kind === 'message') return row.key
  }
  return null
}

/** Does message `id` come after `other` (null: before all)? False when `id` is not there. */
export function isAfter(messages: readonly Message[], id: MessageId, other: MessageId | null): boolean {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const at = messages[index]?.id
    if (at === other) return false
    if (at === id) return true
  }
  return false
}
