import { deleteApp, initializeApp, type FirebaseApp } from 'firebase/app'
import {
  connectAuthEmulator,
  initializeAuth,
  inMemoryPersistence,
  updateCurrentUser,
  type Auth,
} from 'firebase/auth'
import {
  connectFirestoreEmulator,
  disableNetwork,
  enableNetwork,
  initializeFirestore,
  memoryLocalCache,
  terminate,
  type Firestore,
} from 'firebase/firestore'
import type { Backend } from '#shared/backend.ts'
import { WireError } from './wire-error.ts'

/*
 * The SDK writes one batch after the other, so one write that hangs delays all later writes. Anybody can make a write hang for
 * minutes: by reading the same document in a transaction and leaving the transaction open. Writes therefore go through two more
 * instances of the SDK: one for writes that must not be late, one for the others. Listeners and reads use the first instance,
 * which never writes, so they never see local changes that the server has not confirmed.
 */

/** Opens Firestore without a persistent cache: the replica is the cache. */
export function openFirestore(app: FirebaseApp, { emulator }: Backend): Firestore {
  const db = initializeFirestore(app, { localCache: memoryLocalCache() })
  if (emulator !== null) connectFirestoreEmulator(db, emulator.host, emulator.firestorePort)
  return db
}

/** Uses the emulator as the auth server, if the backend has an emulator. */
export function connectToAuthEmulator(auth: Auth, { emulator }: Backend): void {
  if (emulator === null) return
  connectAuthEmulator(auth, `http://${emulator.host}:${String(emulator.authPort)}`, { disableWarnings: true })
}

export async function reconnect(db: Firestore): Promise<void> {
  await disableNetwork(db)
  await enableNetwork(db)
}

/** An instance of the SDK that only writes. */
export interface Lane {
  /**
   * Resolves with the instance, in which the same person is signed in. It is opened by the first call, to keep the start fast.
   * Rejects with a WireError when the lane is closed.
   */
  db(): Promise<Firestore>
  /** Does nothing before the first call of `db`. */
  reconnect(): Promise<void>
  close(): Promise<void>
}

export function createLane(main: Auth, backend: Backend, name: string): Lane {
  let opened: Promise<Firestore> | undefined
  let closed = false
  return {
    async db() {
      if (closed) throw new WireError('offline')
      return (opened ??= openLane(main, backend, name))
    },
    async reconnect() {
      if (opened !== undefined) await reconnect(await opened)
    },
    async close() {
      closed = true
      // A lane that could not be opened must not prevent signing out.
      const db = await opened?.catch(() => undefined)
      if (db === undefined) return
      await terminate(db)
      await deleteApp(db.app)
    },
  }
}

async function openLane(main: Auth, backend: Backend, name: string): Promise<Firestore> {
  const app = initializeApp(backend.firebase, `${main.app.name}-${name}`)
  const db = openFirestore(app, backend)
  const auth = initializeAuth(app, { persistence: inMemoryPersistence })
  connectToAuthEmulator(auth, backend)
  await main.authStateReady()
  await updateCurrentUser(auth, main.currentUser)
  return db
}
