import { createHash, randomUUID, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { ATTACHMENT_LIMIT, sha256Schema, type Sha256 } from '#shared/messages/attachment.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { onDisk } from './disk-full.ts'
import { writeAll, type MediaFolder } from './folder.ts'

/** Limit of imports at the same time, because each holds an open file. */
const MAX_IMPORTS = 64

interface Import {
  file: FileHandle
  hash: Hash
  /** Null: not known before the end. */
  size: number | null
  written: number
  /** The write that is running; null: none. Two at once could store their bytes in the wrong order. */
  writing: Promise<void> | null
}

/** The files of one account that the page is importing. A file is stored when `finish` resolves, not earlier. */
export class Imports {
  readonly #folder: MediaFolder
  readonly #imports = new Map<string, Import>()

  constructor(folder: MediaFolder) {
    this.#folder = folder
  }

  async begin(size: number | null): Promise<string> {
    if (this.#imports.size >= MAX_IMPORTS) throw new BridgeError('refused', 'too many imports')
    const handle = randomUUID()
    const file = await onDisk(this.#folder.openImport(handle))
    this.#imports.set(handle, { file, hash: createHash('sha256'), size, written: 0, writing: null })
    return handle
  }

  async append(handle: string, bytes: Uint8Array): Promise<void> {
    const target = this.#idle(handle)
    const total = target.written + bytes.byteLength
    if (total > (target.size ?? ATTACHMENT_LIMIT))
      throw new BridgeError('refused', 'more bytes than announced')
    target.writing = onDisk(writeAll(target.file, bytes, target.written))
    try {
      await target.writing
      target.hash.update(bytes)
      target.written = total
    } finally {
      target.writing = null
    }
  }

  /** Resolves when the file is in the folder under its SHA-256. */
  async finish(handle: string): Promise<{ sha256: Sha256; size: number }> {
    const { file, hash, size, written } = this.#idle(handle)
    if (written === 0 || (size !== null && written !== size))
      throw new BridgeError('refused', 'fewer bytes than announced')
    this.#imports.delete(handle)
    const sha256 = sha256Schema.parse(hash.digest('hex'))
    await onDisk(this.#folder.keepImport(handle, file, sha256))
    return { sha256, size: written }
  }

  /** Does nothing for an unknown handle, whose import has ended. */
  async abort(handle: string): Promise<void> {
    const target = this.#imports.get(handle)
    this.#imports.delete(handle)
    if (target === undefined) return
    await Promise.allSettled([target.writing])
    await target.file.close()
    await this.#folder.removeImport(handle)
  }

  async abortAll(): Promise<void> {
    for (const handle of this.#imports.keys()) await this.abort(handle)
  }

  #idle(handle: string): Import {
    const target = this.#imports.get(handle)
    if (target === undefined) throw new BridgeError('refused', 'no such import')
    if (target.writing !== null) throw new BridgeError('refused', 'one call at a time')
    return target
  }
}
