import type { TestProject } from 'vitest/node'
import { startTemporaryBackend } from '../../scripts/lib/backend.ts'
import { readBackend } from '../../src/main/backend.ts'
import type { Backend } from '../../src/shared/backend.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The local backend (auth and Firestore emulators) of this run: `inject('backend')`. */
    backend: Backend
  }
}

/** Uses the backend from PERCH_BACKEND, or starts one for this run. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const file = process.env['PERCH_BACKEND']
  if (file !== undefined) {
    project.provide('backend', readBackend(file))
    return undefined
  }
  const running = await startTemporaryBackend()
  project.provide('backend', running.backend)
  return () => running.stop()
}
