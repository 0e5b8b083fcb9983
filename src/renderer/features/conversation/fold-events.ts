import type { UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { MessageRow, Row } from './rows.ts'

/** This many changes of a group in a row are folded. */
const FOLDED_FROM = 3

/**
 * Shortens the runs of events: people whom one person added in several batches become one event, and three or more events become one
 * row that opens and closes. `opened` has a message of each open run. A separator ends a run, and so does an event that failed:
 * it needs the person.
 */
export function foldEvents(rows: readonly Row[], opened: ReadonlySet<string>): Row[] {
  const folded: Row[] = []
  let run: MessageRow[] = []
  const endRun = (): void => {
    folded.push(...foldRun(run, opened))
    run = []
  }
  for (const row of rows) {
    if (isFoldable(row)) {
      run.push(row)
    } else {
      endRun()
      folded.push(row)
    }
  }
  endRun()
  return folded
}

function isFoldable(row: Row): row is MessageRow {
  return row.kind === 'message' && row.message.body?.kind === 'event' && row.message.delivery !== 'failed'
}

function foldRun(run: readonly MessageRow[], opened: ReadonlySet<string>): Row[] {
  const events = run.reduce<MessageRow[]>(withEvent, [])
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined || events.length < FOLDED_FROM) return events
  const ids = run.map(({ key }) => key)
  const open = ids.some((id) => opened.has(id))
  const fold: Row = {
    kind: 'fold',
    key: `fold ${first.key}`,
    ids,
    count: events.length,
    open,
    at: first.at,
    newest: open ? null : last.message,
  }
  return open ? [fold, ...events] : [fold]
}

/** Appends an event. It is merged with the event before if both add people, and one person did so. */
function withEvent(events: MessageRow[], row: MessageRow): MessageRow[] {
  const before = events.at(-1)?.message
  const earlier = addedBy(before)
  const later = addedBy(row.message)
  if (earlier === null || later === null || before?.senderId !== row.message.senderId) return [...events, row]
  const body: EventBody = { kind: 'event', event: 'added', uids: [...new Set([...earlier, ...later])] }
  // The later message stands for both: what is in view is read up to it.
  return [...events.slice(0, -1), { ...row, message: { ...row.message, body } }]
}

/** The people whom a message adds; null: it is something else. */
function addedBy(message: Message | undefined): readonly UserId[] | null {
  const body = message?.body
  return body?.kind === 'event' && body.event === 'added' ? body.uids : null
}
