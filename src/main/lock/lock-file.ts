import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Secrets } from '../security/key-store.ts'

const recordSchema = z.strictObject({
  version: z.literal(1),
  /** Wrong PINs since the last right one. Not encrypted, so that they count even while the key store is closed. */
  failures: z.number().int().nonnegative(),
  /** The hash is encrypted by the system's key store. */
  sealed: z.boolean(),
  hash: z.base64(),
})
type LockRecord = z.infer<typeof recordSchema>

/** `damaged`: there is a PIN, but nobody can tell which. Then the app stays locked. */
export type Stored = LockRecord | 'none' | 'damaged'

/** The file with the hash of the PIN and the number of wrong ones. It exists exactly while there is a PIN. */
export class LockFile {
  readonly #path: string
  readonly #secrets: Secrets

  constructor(path: string, secrets: Secrets) {
    this.#path = path
    this.#secrets = secrets
  }

  read(): Stored {
    let text: string
    try {
      text = readFileSync(this.#path, 'utf8')
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      return isMissing ? 'none' : 'damaged'
    }
    try {
      return recordSchema.parse(JSON.parse(text))
    } catch {
      return 'damaged'
    }
  }

  /** Throws when it is not on the disk afterwards. */
  write(record: LockRecord): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const temporary = `${this.#path}.new`
    const file = openSync(temporary, 'w', 0o600)
    try {
      writeSync(file, JSON.stringify(record))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    // A crash leaves the old file or the new one.
    renameSync(temporary, this.#path)
  }

  remove(): void {
    rmSync(`${this.#path}.new`, { force: true })
    rmSync(this.#path, { force: true })
  }

  /** Makes the record of a new hash. Without a key store the hash is stored as it is: it still costs memory and time to guess. */
  seal(hash: string): LockRecord {
    const record = (bytes: Buffer, sealed: boolean): LockRecord => ({
      version: 1,
      failures: 0,
      sealed,
      hash: bytes.toString('base64'),
    })
    try {
      return record(this.#secrets.encrypt(hash), true)
    } catch {
      return record(Buffer.from(hash), false)
    }
  }

  /** Throws when the key store does not open it. */
  unseal({ sealed, hash }: LockRecord): string {
    const bytes = Buffer.from(hash, 'base64')
    return sealed ? this.#secrets.decrypt(bytes) : bytes.toString()
  }
}
