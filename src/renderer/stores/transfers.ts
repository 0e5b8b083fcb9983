import type { ChatId } from '#shared/domain/ids.ts'
import type { Attachment, ObjectId } from '#shared/messages/attachment.ts'

/**
 * How a file moves to or from the server, in bytes. `waiting`: an upload that has not begun, or has lost the network. An upload that
 * fails is shown by its message.
 */
export type Transfer =
  | { state: 'waiting' | 'running' | 'paused'; done: number; size: number }
  | { state: 'failed'; failure: TransferFailure }

/**
 * Why a download failed. `denied`: this person may not read it. `gone`: it is not on the server any more. `damaged`: it is not the file
 * that was sent. `full`: no space on the disk.
 */
export type TransferFailure = 'denied' | 'gone' | 'damaged' | 'offline' | 'full'

/** The same object will be refused, missing or damaged again. */
const FINAL: readonly TransferFailure[] = ['denied', 'gone', 'damaged']

/** Whether trying again cannot help. */
export function isFinal(failure: TransferFailure): boolean {
  return FINAL.includes(failure)
}

/** A transfer that the list of transfers shows: an upload, or a download that the person asked for. */
export interface ListedTransfer {
  direction: 'up' | 'down'
  chatId: ChatId
  file: Omit<Attachment, 'enc'>
}

export type Listed = ReadonlyMap<ObjectId, ListedTransfer>
export type TransferStates = ReadonlyMap<ObjectId, Transfer>

/** How far all listed transfers are. Null: none is listed. */
export interface TransferTotal {
  /** 0 to 1; null: nothing moves yet. */
  share: number | null
  count: number
  failed: number
}

export function totalOf(listed: Listed, states: TransferStates): TransferTotal | null {
  if (listed.size === 0) return null
  let [done, size, failed] = [0, 0, 0]
  for (const [object, { file }] of listed) {
    const transfer = states.get(object)
    if (transfer?.state === 'failed') failed += 1
    else {
      size += file.size
      done += transfer?.done ?? 0
    }
  }
  return { share: done === 0 ? null : done / size, count: listed.size - failed, failed }
}
