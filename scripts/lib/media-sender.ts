import { readBackend } from '../../src/main/backend.ts'
import { phoneSchema } from '../../src/shared/domain/ids.ts'
import { startClient } from '../../tests/support/client.ts'

/*
 * The process of soak:media that is killed: a client without a window on the files of an earlier one. It tells its parent the most
 * memory that it has used while idle and while uploading, and how far the upload is.
 */

export interface SenderReport {
  /** Resident memory, in bytes. */
  memory: number
  /** Bytes of the upload that the server has; null: nothing is uploaded. */
  done: number | null
}

const [backend = '', directory = '', phone = ''] = process.argv.slice(2)
const client = startClient({ backend: readBackend(backend), directory })
const report = (): void => {
  const [transfer] = client.store.getState().transfers.values()
  const done = transfer === undefined || transfer.state === 'failed' ? null : transfer.done
  const message: SenderReport = { memory: process.memoryUsage().rss, done }
  process.send?.(message)
}
await client.signIn(phoneSchema.parse(phone))
report()
client.store.subscribe(({ transfers }, before) => {
  if (transfers !== before.transfers) report()
})
setInterval(report, 50)
