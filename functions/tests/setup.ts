import type { TestProject } from 'vitest/node'
import { startTemporaryBackend } from '../../scripts/lib/backend.ts'
import type { Backend } from '../../src/shared/backend.ts'
import { startPushRecorder } from '../../tests/support/push-recorder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The local backend with the functions, which send to a push recorder: `inject('pushBackend')`. */
    pushBackend: Backend
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = await startTemporaryBackend({ push: await startPushRecorder() })
  project.provide('pushBackend', running.backend)
  return () => running.stop()
}
