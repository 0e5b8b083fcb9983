import { BridgeError } from '../bridge/bridge-error.ts'
import { errorCode } from '../store/database.ts'

/** Whether the disk, or the person's share of it, has no space left. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL'
}

/** Waits for a write. Rejects with a BridgeError: `full`, or `store` for any other failure of the disk. */
export async function onDisk<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing
  } catch (cause) {
    if (isDiskFull(cause)) throw new BridgeError('full', 'the disk is full', { cause })
    throw new BridgeError('store', `the file cannot be written: ${errorCode(cause) ?? 'unknown'}`, { cause })
  }
}
