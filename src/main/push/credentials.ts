import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { UserId } from '#shared/domain/ids.ts'
import type { Secrets } from '../security/key-store.ts'
import { deviceSchema } from './check-in.ts'
import { registrationSchema } from './registration.ts'

/** Persistent ids that are remembered. FCM keeps at most 100 pushes for a device that is offline. */
const MAX_RECEIVED = 200

const credentialsSchema = z.object({
  /** The configuration that they are for. Those of another one are of no use. */
  configuration: z.string(),
  device: deviceSchema,
  /** null: the device is known, but its registration has not succeeded yet. */
  registration: registrationSchema.nullable(),
})
export type Credentials = z.infer<typeof credentialsSchema>

const receivedSchema = z.array(z.string()).max(MAX_RECEIVED)

/**
 * What one account's receiver keeps over restarts: its credentials, encrypted, and the persistent ids of the newest pushes. A
 * failure of the disk is logged and costs a registration, or a push that comes twice.
 */
export class PushFiles {
  readonly #directory: string
  readonly #credentials: string
  readonly #received: string
  readonly #secrets: Secrets
  readonly #onError: (event: string, error: unknown) => void

  constructor(
    directory: string,
    account: UserId,
    secrets: Secrets,
    onError: (event: string, error: unknown) => void,
  ) {
    this.#directory = directory
    this.#credentials = join(directory, `${account}.credentials`)
    this.#received = join(directory, `${account}.received.json`)
    this.#secrets = secrets
    this.#onError = onError
  }

  /** null: there are none that can be used. */
  readCredentials(): Credentials | null {
    const text = this.#read(this.#credentials, (bytes) => this.#secrets.decrypt(bytes))
    return this.#parse('push credentials are damaged', text, credentialsSchema)
  }

  writeCredentials(credentials: Credentials): void {
    this.#write(this.#credentials, () => this.#secrets.encrypt(JSON.stringify(credentials)))
  }

  /** Oldest first. */
  readReceived(): string[] {
    const text = this.#read(this.#received, (bytes) => bytes.toString())
    return this.#parse('the list of received pushes is damaged', text, receivedSchema) ?? []
  }

  /** Keeps the newest ones, and returns them. */
  writeReceived(ids: readonly string[]): string[] {
    const newest = ids.slice(-MAX_RECEIVED)
    this.#write(this.#received, () => Buffer.from(JSON.stringify(newest)))
    return newest
  }

  remove(): void {
    for (const file of [this.#credentials, this.#received]) {
      rmSync(file, { force: true })
      rmSync(temporary(file), { force: true })
    }
  }

  #read(file: string, decode: (bytes: Buffer) => string): string | null {
    try {
      return decode(readFileSync(file))
    } catch (error) {
      if (!isMissing(error)) this.#onError('could not read a push file', error)
      return null
    }
  }

  #parse<T>(event: string, text: string | null, schema: z.ZodType<T>): T | null {
    if (text === null) return null
    try {
      return schema.parse(JSON.parse(text))
    } catch {
      // The error is left out, because it can quote a secret.
      this.#onError(event, undefined)
      return null
    }
  }

  /** Replaces the file as a whole, so that a crash leaves the old one or the new one. */
  #write(file: string, content: () => Buffer): void {
    try {
      mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
      writeFileSync(temporary(file), content(), { mode: 0o600 })
      renameSync(temporary(file), file)
    } catch (error) {
      this.#onError('could not write a push file', error)
    }
  }
}

function temporary(file: string): string {
  return `${file}.new`
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
