import type { MessageId, UserId } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import { focusableKeys, messagesIn, type Row } from './rows.ts'

/** Within this many px of the end, the reader counts as being at the end. */
export const END_THRESHOLD_PX = 24
/** Within this many px of the top, the next older page is loaded. */
export const OLDER_THRESHOLD_PX = 600

/** Where a list opens: at the first unread message, or else at the newest. */
export type OpeningPlace = { at: 'row'; index: number } | { at: 'end' }

export function openingPlace(rows: readonly Row[]): OpeningPlace {
  const index = rows.findIndex((row) => row.kind === 'unread')
  return index === -1 ? { at: 'end' } : { at: 'row', index }
}

/** Scroll position and sizes at one moment, in px. */
export interface ScrollGeometry {
  scrollTop: number
  scrollHeight: number
  clientHeight: number
}

/**
 * Called after a scroll. Returns true if the reader is at the end and the list must keep them there. Returns false as soon
 * as they scroll up, even a little. If the size of the content or window changed too, the reader did not scroll.
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
 * Called when the messages change. Returns true if the list must scroll to its end: the reader is there, or has just sent a
 * message. Otherwise the visible messages keep their place (older pages, and new messages while scrolled up).
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

/** Returns the messages from others that were added at the end, oldest first. They are announced to screen readers. */
export function arrivedMessages(
  before: readonly Message[],
  after: readonly Message[],
  me: UserId,
): Message[] {
  // An outgoing message without a server time stays last, so new messages can appear before it.
  const known = before.findLast((message) => message.sentAt !== null)
  const old =
    known === undefined ? -1 : after.findLastIndex((message) => compareMessages(message, known) <= 0)
  return after.slice(old + 1).filter((message) => message.senderId !== me)
}

/** Place of a row, in px from the top of the list. */
export interface PlacedRow {
  index: number
  start: number
  end: number
}

/**
 * Returns the newest message that ends in the viewport or fills it, or null. A message counts only when its last line is in view,
 * because that is read last. Skips messages that `accept` rejects. `placed` is ordered by index.
 */
export function newestInView(
  rows: readonly Row[],
  placed: readonly PlacedRow[],
  viewport: { top: number; bottom: number },
  accept: (message: Message) => boolean = () => true,
): Message | null {
  for (const place of placed.toReversed()) {
    const message = messagesIn(rows[place.index]).at(-1)
    if (message === undefined || !accept(message)) continue
    const endsInView = place.end > viewport.top && place.end <= viewport.bottom + 1
    const fillsView = place.start <= viewport.top && place.end >= viewport.bottom
    if (endsInView || fillsView) return message
  }
  return null
}

/** Returns the key that can have the focus for this message, which may be in a closed fold. Null: there is none. */
export function rowWith(rows: readonly Row[], message: Message | null): string | null {
  if (message === null) return null
  const row = rows.find((one) => messagesIn(one).some(({ id }) => id === message.id))
  return row?.kind === 'album' ? message.id : (row?.key ?? null)
}

/** The floating date is hidden while a day separator is within this many px of the top. */
const NEAR_TOP_PX = 40

/**
 * Returns some time (local ms) on the day of the row at the top of the viewport. Returns null while a day separator is at the
 * top or close below it. `placed` is ordered by index.
 */
export function dayAtTop(rows: readonly Row[], placed: readonly PlacedRow[], top: number): number | null {
  let day: number | null = null
  for (const { index, start, end } of placed) {
    if (end <= top) continue
    if (start >= top + NEAR_TOP_PX) break
    const row = rows[index]
    if (row?.kind === 'day') return null
    if (row?.kind === 'message' || row?.kind === 'fold') day ??= row.at
    if (row?.kind === 'album') day ??= row.last.at
  }
  return day
}

/**
 * Returns the key above or below `from` that can have the focus: of a message, a cell of an album or a fold of events. Null as `from`
 * means the end of the list.
 */
export function rowBeside(
  rows: readonly Row[],
  from: string | null,
  direction: 'up' | 'down',
): string | null {
  const keys = rows.flatMap(focusableKeys)
  const index = from === null ? keys.length : keys.indexOf(from)
  return keys[index + (direction === 'up' ? -1 : 1)] ?? null
}

/** Returns true if message `id` is in the list and comes after `other` (null: before all messages). */
export function isAfter(messages: readonly Message[], id: MessageId, other: MessageId | null): boolean {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const at = messages[index]?.id
    if (at === other) return false
    if (at === id) return true
  }
  return false
}
