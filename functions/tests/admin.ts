import { initializeApp } from 'firebase-admin/app'
import { getFirestore, type Firestore } from 'firebase-admin/firestore'
import { getStorage, type Storage } from 'firebase-admin/storage'
import { inject } from 'vitest'
import type { Backend } from '../../src/shared/backend.ts'

type Emulator = NonNullable<Backend['emulator']>

export const backend = inject('pushBackend')
export const emulator: Emulator = emulatorOf(backend)

function emulatorOf({ emulator: found }: Backend): Emulator {
  if (found === null) throw new Error('The backend is not local.')
  return found
}

/** The same packages as in the functions, on the emulators. */
export function openAdmin(): { db: Firestore; bucket: ReturnType<Storage['bucket']> } {
  process.env['METADATA_SERVER_DETECTION'] = 'none'
  process.env['FIRESTORE_EMULATOR_HOST'] = `${emulator.host}:${emulator.firestorePort}`
  process.env['FIREBASE_STORAGE_EMULATOR_HOST'] = `${emulator.host}:${emulator.storagePort}`
  const { projectId, storageBucket } = backend.firebase
  const app = initializeApp({ projectId, storageBucket })
  return { db: getFirestore(app), bucket: getStorage(app).bucket() }
}
