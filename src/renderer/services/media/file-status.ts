import type { Message } from '#shared/messages/envelope.ts'
import { isFinal, type Transfer, type TransferFailure } from '../../stores/transfers.ts'

/** How far the file of a message is, for the person who looks at it. Sizes are in bytes. */
export type FileStatus =
  /** It is here, or it is not known yet whether it is. */
  | { kind: 'ready' }
  | { kind: 'remote' }
  | { kind: 'downloading'; done: number; size: number }
  /** Trying again can help. */
  | { kind: 'failed'; failure: TransferFailure }
  /** It cannot be had any more. */
  | { kind: 'gone'; failure: TransferFailure }
  | { kind: 'uploading'; state: 'waiting' | 'running' | 'paused'; done: number; size: number }

/** `here`: whether the file is on this machine; undefined: not known yet. */
export function fileStatus(
  { delivery }: Pick<Message, 'delivery'>,
  size: number,
  here: boolean | undefined,
  transfer: Transfer | undefined,
): FileStatus {
  if (delivery === 'queued') return uploadStatus(size, transfer)
  if (here === true) return { kind: 'ready' }
  if (transfer?.state === 'failed') {
    const { failure } = transfer
    return { kind: isFinal(failure) ? 'gone' : 'failed', failure }
  }
  if (transfer !== undefined && transfer.state !== 'paused')
    return { kind: 'downloading', done: transfer.done, size: transfer.size }
  return { kind: here === false ? 'remote' : 'ready' }
}

function uploadStatus(size: number, transfer: Transfer | undefined): FileStatus {
  if (transfer === undefined || transfer.state === 'failed')
    return { kind: 'uploading', state: 'waiting', done: 0, size }
  return { kind: 'uploading', ...transfer }
}
