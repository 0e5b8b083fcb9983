import { BackendError, readBackend } from '../../src/main/backend.ts'
import type { Backend } from '../../src/shared/backend.ts'
import { Unmet } from './console.ts'

/** Reads the configuration of a Firebase project, as the app does. */
export function readProjectConfig(file: string): Backend {
  try {
    return readBackend(file)
  } catch (error) {
    throw error instanceof BackendError ? new Unmet(error.message) : error
  }
}
