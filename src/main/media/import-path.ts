import { constants } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { PART_LIMIT, type OpenedProblem } from '#shared/bridge/media.ts'
import { ATTACHMENT_LIMIT } from '#shared/messages/attachment.ts'
import { NAME_LIMIT } from '#shared/messages/kinds/file.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { errorCode } from '../store/database.ts'
import type { Imports } from './imports.ts'

/*
 * Files that the person drops on the app's icon or opens with the app. The system names them by their paths. The page never learns a
 * path: main copies the file, and the page gets its name and its SHA-256.
 */

class Problem extends Error {
  readonly problem: OpenedProblem
  constructor(problem: OpenedProblem) {
    super(problem)
    this.problem = problem
  }
}

export function nameOf(path: string): string {
  return basename(path).toWellFormed().slice(-NAME_LIMIT) || 'file'
}

/** Copies the file. Returns why it cannot be sent instead, and its size in bytes. */
export async function importPath(
  imports: Imports,
  path: string,
): Promise<Awaited<ReturnType<Imports['finish']>> | { problem: OpenedProblem; size: number }> {
  let size = 0
  try {
    // Before it is opened: opening a device can have effects.
    const found = await stat(path)
    size = found.size
    check(found)
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      // Another program may have put something else there meanwhile. A pipe does not block, because of O_NONBLOCK.
      const opened = await file.stat()
      check(opened)
      return await copy(imports, file, opened.size)
    } finally {
      await file.close()
    }
  } catch (error) {
    return { problem: problemOf(error), size }
  }
}

function check(found: Awaited<ReturnType<typeof stat>>): void {
  if (found.isDirectory()) throw new Problem('folder')
  if (!found.isFile()) throw new Problem('unreadable')
  if (found.size === 0) throw new Problem('empty')
  if (found.size > ATTACHMENT_LIMIT) throw new Problem('tooLarge')
}

/** A file that grows or shrinks meanwhile is refused by the import. */
async function copy(imports: Imports, file: FileHandle, size: number): ReturnType<Imports['finish']> {
  const handle = await imports.begin(size)
  try {
    const buffer = new Uint8Array(PART_LIMIT)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, null)
      if (bytesRead === 0) break
      await imports.append(handle, buffer.subarray(0, bytesRead))
    }
    return await imports.finish(handle)
  } catch (error) {
    await imports.abort(handle)
    throw error
  }
}

function problemOf(error: unknown): OpenedProblem {
  if (error instanceof Problem) return error.problem
  if (error instanceof BridgeError && error.code === 'full') return 'full'
  if (error instanceof BridgeError && error.code === 'store') return 'storage'
  return errorCode(error) === 'ENOENT' ? 'gone' : 'unreadable'
}
