import { STAGED_LIMIT } from '#shared/domain/staged.ts'
import { ATTACHMENT_LIMIT, mimeSchema } from '#shared/messages/attachment.ts'
import { NAME_LIMIT } from '#shared/messages/kinds/file.ts'
import type { FileProblem } from '../../stores/staging.ts'
import { AppError } from '../services.ts'

/** A file, or a folder that was dropped: the page cannot read a folder as a file. */
export interface Picked {
  file: File
  isFolder: boolean
}

/** Most pixels of a picture that is decoded: 400 MB in memory. */
const MAX_PIXELS = 100_000_000

export function isHuge({ width, height }: { width: number; height: number }): boolean {
  return width * height > MAX_PIXELS
}

/** Judges files by what is known without reading them. `staged`: how many are staged already. */
export function checkFiles(
  picked: readonly Picked[],
  staged: number,
): { file: File; problem: FileProblem | null }[] {
  let room = Math.max(0, STAGED_LIMIT - staged)
  return picked.map(({ file, isFolder }) => {
    const problem = problemOf(file, isFolder) ?? (room === 0 ? 'tooMany' : null)
    if (problem === null) room -= 1
    return { file, problem }
  })
}

function problemOf({ size }: File, isFolder: boolean): FileProblem | null {
  if (isFolder) return 'folder'
  if (size === 0) return 'empty'
  return size > ATTACHMENT_LIMIT ? 'tooLarge' : null
}

/** Why reading or copying a file failed. */
export function readProblem(error: unknown): FileProblem {
  if (error instanceof AppError)
    return error.code === 'unreadable' ? readProblem(error.cause) : storageProblem(error)
  if (!(error instanceof DOMException)) return 'storage'
  return error.name === 'NotFoundError' ? 'gone' : 'unreadable'
}

function storageProblem({ code }: AppError): FileProblem {
  return code === 'diskFull' ? 'full' : 'storage'
}

const FALLBACK_MIME = 'application/octet-stream'

/** The type that the system names for a file. */
export function mimeOf({ type }: Blob): string {
  return mimeSchema.safeParse(type.toLowerCase()).data ?? FALLBACK_MIME
}

/** The name that is sent: well-formed, not empty, and cut before its extension. `fallback`: the name of a file that has none. */
export function sentName(name: string, fallback: string): string {
  const whole = name.toWellFormed().trim()
  if (whole === '') return fallback
  if (whole.length <= NAME_LIMIT) return whole
  const extension = /\.[^.]{1,16}$/u.exec(whole)?.[0] ?? ''
  return whole.slice(0, NAME_LIMIT - extension.length).replace(/[\uD800-\uDBFF]$/u, '') + extension
}
