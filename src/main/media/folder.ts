import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'

/** A partial download that nobody has continued for this long is deleted at the start, in ms. */
const MAX_PART_AGE_MS = 24 * 3_600_000

/**
 * The media folder of one account: `ab/abcd…` for the file with that SHA-256, `incoming/` for files that are not complete. A name
 * below the folder is always made from a checked SHA-256 or by this class, so no path can lead out of it.
 */
export class MediaFolder {
  readonly #root: string

  constructor(directory: string, account: UserId) {
    this.#root = join(directory, account)
  }

  pathOf(sha256: Sha256): string {
    return join(this.#root, sha256.slice(0, 2), sha256)
  }

  /** Opens a new file for an import. */
  openImport(handle: string): Promise<FileHandle> {
    return this.#openIncoming(`import-${handle}`, 'wx+')
  }

  /** Opens what an earlier download has left, or a new file. */
  async openPart(part: string): Promise<FileHandle> {
    try {
      return await this.#openIncoming(`part-${part}`, 'r+')
    } catch {
      return this.#openIncoming(`part-${part}`, 'w+')
    }
  }

  removeImport(handle: string): Promise<void> {
    return rm(this.#incoming(`import-${handle}`), { force: true })
  }

  removePart(part: string): Promise<void> {
    return rm(this.#incoming(`part-${part}`), { force: true })
  }

  keepImport(handle: string, file: FileHandle, sha256: Sha256): Promise<void> {
    return this.#keep(this.#incoming(`import-${handle}`), file, sha256)
  }

  keepPart(part: string, file: FileHandle, sha256: Sha256): Promise<void> {
    return this.#keep(this.#incoming(`part-${part}`), file, sha256)
  }

  /** Bytes of the file; undefined when it is not here. */
  async sizeOf(sha256: Sha256): Promise<number | undefined> {
    try {
      return (await stat(this.pathOf(sha256))).size
    } catch {
      return undefined
    }
  }

  async remove(sha256s: readonly Sha256[]): Promise<void> {
    for (const sha256 of sha256s) await rm(this.pathOf(sha256), { force: true })
  }

  /** The complete files, and their sizes. Deletes what an earlier run has left incomplete. */
  async sweep(): Promise<Map<Sha256, number>> {
    await this.#removeLeftovers()
    const found = new Map<Sha256, number>()
    for (const folder of await names(this.#root)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue
      const files = (await names(join(this.#root, folder))).flatMap(
        (name) => sha256Schema.safeParse(name).data ?? [],
      )
      const sizes = await Promise.all(
        files.map(async (sha256) => [sha256, await this.sizeOf(sha256)] as const),
      )
      for (const [sha256, size] of sizes) if (size !== undefined) found.set(sha256, size)
    }
    return found
  }

  async #removeLeftovers(): Promise<void> {
    for (const name of await names(join(this.#root, 'incoming'))) {
      const file = this.#incoming(name)
      const isPart = name.startsWith('part-')
      const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs
      if (!isPart || age > MAX_PART_AGE_MS) await rm(file, { recursive: true, force: true })
    }
  }

  #incoming(name: string): string {
    return join(this.#root, 'incoming', name)
  }

  async #openIncoming(name: string, flags: string): Promise<FileHandle> {
    const file = this.#incoming(name)
    // The files are not encrypted, so other users of the machine must not have access.
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    return open(file, flags, 0o600)
  }

  /** Syncs the file, closes it, then renames it. After a power failure either the whole file has its name, or there is no file. */
  async #keep(incoming: string, file: FileHandle, sha256: Sha256): Promise<void> {
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    const target = this.pathOf(sha256)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(incoming, target)
    await syncFolder(dirname(target))
  }
}

/** Writes all bytes at a position. A single write may write fewer. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** Deletes the media folder of an account that may have none. Throws when another program holds a file. */
export function eraseMedia(directory: string, account: UserId): void {
  rmSync(join(directory, account), { recursive: true, force: true, maxRetries: 3 })
}

/** Deletes folders of accounts that have no replica here: an erasure that was interrupted. */
export function finishErasingMedia(directory: string, hasReplica: (account: UserId) => boolean): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(directory)) {
    const account = userIdSchema.safeParse(name)
    if (account.success && !hasReplica(account.data)) eraseMedia(directory, account.data)
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}

/** Makes a rename in the folder durable. Windows cannot do this, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // The bytes are on the disk. If the power fails before the folder is written, the name is lost, and the file is downloaded again.
  }
}
