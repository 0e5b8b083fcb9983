import type { TestProject } from 'vitest/node'
import { startFirestoreEmulator } from './firestore-emulator.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the emulator for the rules tests: `inject('firestore')`. */
    firestore: { host: string; port: number; projectId: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const emulator = await startFirestoreEmulator()
  const { host, port, projectId } = emulator
  project.provide('firestore', { host, port, projectId })
  return () => emulator.stop()
}
