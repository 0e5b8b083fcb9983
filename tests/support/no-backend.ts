import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Backend } from '../../src/shared/backend.ts'

/** No server listens on these ports. For tests that need the app but no server. */
export const noBackend: Backend = {
  firebase: {
    apiKey: 'demo-key',
    authDomain: 'demo-perch.firebaseapp.com',
    projectId: 'demo-perch',
    storageBucket: 'demo-perch.firebasestorage.app',
    appId: 'demo',
  },
  emulator: { host: '127.0.0.1', authPort: 9, firestorePort: 9, storagePort: 9 },
}

/** Writes the file for PERCH_BACKEND and returns its path. */
export function writeNoBackend(directory: string, changes: Partial<Backend> = {}): string {
  const file = join(directory, 'no-backend.json')
  writeFileSync(file, JSON.stringify({ ...noBackend, ...changes }))
  return file
}
