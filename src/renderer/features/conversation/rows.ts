import type { MessageId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'

/** Messages of one sender that follow each other within this time make one group. So do events that follow each other. */
const GROUP_MS = 5 * 60_000

/** A message, in a row of its own or in an album. */
export interface MessageRow {
  kind: 'message'
  key: MessageId
  message: Message
  /** When it was sent; null: the server has not set the time yet. */
  at: number | null
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  /** Someone whom the reader has blocked wrote it in a common group. It is shown only on request. */
  hidden: boolean
}

/** One row of the list. Times are by the local clock. A message keeps its key. The key of a day is that of its first message. */
export type Row =
  | { kind: 'day'; key: string; /** Some time on that day. */ at: number }
  | { kind: 'unread'; key: string }
  | MessageRow
  /** Photos and videos that were sent together (see fold-albums.ts). The keys of the cells can have the focus, not that of the row. */
  | { kind: 'album'; key: string; cells: readonly MessageRow[]; /** The last cell. */ last: MessageRow }
  /** Several events of a group in a row (see fold-events.ts). If it is open, their rows follow. */
  | {
      kind: 'fold'
      key: string
      /** All messages of the run. */
      ids: readonly MessageId[]
      /** How many changes it stands for. */
      count: number
      open: boolean
      /** When the first was sent, as in a message row. */
      at: number | null
      /** The newest message, which is in view when the closed row is; null: the row is open. */
      newest: Message | null
    }

export interface RowOptions {
  me: UserId
  firstUnreadId: MessageId | null
  /**
   * Older messages are not loaded yet. Then the first message gets no day separator: its day may begin on an older
   * page, and the separator would move there.
   */
  hasOlder: boolean
  /** The local time, in ms. Used for a message whose time the server has not set yet. */
  now: number
  /** The server's clock minus the local one, in ms. */
  clockOffset: number
  /** People whom the reader has blocked, in a group. */
  blocked: ReadonlySet<UserId>
  /** Messages that the reader has expanded: long ones, and those of blocked people. */
  expanded: ReadonlySet<MessageId>
}

/** The rows of a conversation's messages (sorted by compareMessages), days by the local calendar. */
export function buildRows(messages: readonly Message[], options: RowOptions): Row[] {
  const { me, firstUnreadId, hasOlder, now, clockOffset, blocked, expanded } = options
  const rows: Row[] = []
  const sentAt = (message: Message): number | null =>
    message.sentAt === null ? null : message.sentAt - clockOffset
  const timeOf = (message: Message): number => sentAt(message) ?? now
  const isHidden = ({ id, senderId, body }: Message): boolean =>
    blocked.has(senderId) && body !== null && body.kind !== 'event' && !expanded.has(id)
  const isGrouped = (earlier: Message | undefined, later: Message | undefined): boolean => {
    if (earlier === undefined || later === undefined) return false
    if (isEvent(earlier) || isEvent(later)) return isEvent(earlier) && isEvent(later)
    return (
      earlier.senderId === later.senderId &&
      isHidden(earlier) === isHidden(later) &&
      timeOf(later) - timeOf(earlier) <= GROUP_MS
    )
  }
  const days = new Days()
  for (const [index, message] of messages.entries()) {
    const at = timeOf(message)
    const previous = messages[index - 1]
    const next = messages[index + 1]
    const startsDay = days.enter(at) && (previous !== undefined || !hasOlder)
    const startsUnread = message.id === firstUnreadId
    if (startsDay) rows.push({ kind: 'day', key: `day ${message.id}`, at })
    if (startsUnread) rows.push({ kind: 'unread', key: 'unread' })
    rows.push({
      kind: 'message',
      key: message.id,
      message,
      at: sentAt(message),
      own: message.senderId === me,
      startsGroup: startsDay || startsUnread || !isGrouped(previous, message),
      endsGroup:
        next === undefined ||
        !isGrouped(message, next) ||
        next.id === firstUnreadId ||
        !days.holds(timeOf(next)),
      hidden: isHidden(message),
    })
  }
  return rows
}

const isEvent = ({ body }: Message): boolean => body?.kind === 'event'

/** Tells when the local day changes. It makes a Date only for a new day: a Date for each message would be slow. */
class Days {
  private from = 0
  private until = 0

  holds(at: number): boolean {
    return at >= this.from && at < this.until
  }

  /** Returns true when `at` is not on the same day as in the previous call. */
  enter(at: number): boolean {
    if (this.holds(at)) return false
    const date = new Date(at)
    this.from = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
    this.until = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
    return true
  }
}

/** How many of the others' messages come after `viewedId`, the newest that has been in view (null: none has). */
export function unviewedCount(messages: readonly Message[], viewedId: MessageId | null, me: UserId): number {
  let count = 0
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]
    if (message === undefined || message.id === viewedId) break
    if (message.senderId !== me) count += 1
  }
  return count
}

/** The messages that a row shows, oldest first. A closed fold of events shows the newest of them. */
export function messagesIn(row: Row | undefined): readonly Message[] {
  if (row?.kind === 'message') return [row.message]
  if (row?.kind === 'album') return row.cells.map(({ message }) => message)
  return row?.kind === 'fold' && row.newest !== null ? [row.newest] : []
}

/** The keys of a row that can have the focus: that of a message or fold, those of the cells of an album. */
export function focusableKeys(row: Row): readonly string[] {
  if (row.kind === 'album') return row.cells.map(({ key }) => key)
  return row.kind === 'message' || row.kind === 'fold' ? [row.key] : []
}

/** The index of the row that has this key or a cell with it; -1: there is none. */
export function indexOfKey(rows: readonly Row[], key: string): number {
  return rows.findIndex(
    (row) => row.key === key || (row.kind === 'album' && focusableKeys(row).includes(key)),
  )
}
