import { BackendError, readBackend } from '../../src/main/backend.ts'
import type { Backend } from '../../src/shared/backend.ts'
import { Unmet } from './console.ts'

/** The Firebase project that a file names, as the app will read it. */
export function readProjectConfig(file: string): Backend {
  try {
    return readBackend(file)
  } catch (error) {
    throw error instanceof BackendError ? new Unmet(error.message) : error
  }
}
