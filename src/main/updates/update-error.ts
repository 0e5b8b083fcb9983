import type { UpdateProblem } from '#shared/bridge/updates.ts'
import { isDiskFull } from '../media/disk-full.ts'
import { errorCode } from '../store/database.ts'

/** An update cannot go on, for a reason that the person can be told. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError'
  readonly problem: UpdateProblem

  constructor(problem: UpdateProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

/** The codes of Node and electron-updater that are a problem of their own. */
const problems: Readonly<Record<string, UpdateProblem>> = {
  ERR_CHECKSUM_MISMATCH: 'tampered',
  ERR_UPDATER_INVALID_SIGNATURE: 'signature',
  EACCES: 'folder',
  EPERM: 'folder',
  EROFS: 'folder',
}

export function problemOf(error: unknown): UpdateProblem {
  if (error instanceof UpdateError) return error.problem
  if (isDiskFull(error)) return 'diskFull'
  return problems[errorCode(error) ?? ''] ?? 'unexpected'
}
