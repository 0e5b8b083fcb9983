import type { MessageRow, Row } from './rows.ts'

/** A longer run is shown as several grids, so that each message keeps its place, its focus and its menu. */
const ALBUM_LIMIT = 10

/**
 * Joins neighbouring photos and videos that were sent together into one row. Whatever is between two messages splits them: a
 * separator, another message, one that was deleted. So does one that failed: it needs the person. A single message stays as it is.
 */
export function foldAlbums(rows: readonly Row[]): Row[] {
  const folded: Row[] = []
  let run: MessageRow[] = []
  const endRun = (): void => {
    folded.push(...foldRun(run))
    run = []
  }
  for (const row of rows) {
    const [first] = run
    if (row.kind !== 'message' || albumOf(row) === null) {
      endRun()
      folded.push(row)
      continue
    }
    if (first !== undefined && (run.length === ALBUM_LIMIT || !isSameAlbum(first, row))) endRun()
    run.push(row)
  }
  endRun()
  return folded
}

function foldRun(run: readonly MessageRow[]): readonly Row[] {
  const [first] = run
  const last = run.at(-1)
  if (first === undefined || last === undefined || run.length === 1) return run
  return [{ kind: 'album', key: `album ${first.key}`, cells: run, last }]
}

/** The id of the album that a row belongs to; null: it is shown by itself. */
function albumOf({ message, hidden }: MessageRow): string | null {
  const { body, failure } = message
  if (hidden || failure !== null) return null
  return body?.kind === 'photo' || body?.kind === 'video' ? (body.album ?? null) : null
}

/** Only its sender adds to an album: a message of someone else may name the same id. */
function isSameAlbum(one: MessageRow, other: MessageRow): boolean {
  return albumOf(one) === albumOf(other) && one.message.senderId === other.message.senderId
}
