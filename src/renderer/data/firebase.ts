import { deleteApp, initializeApp } from 'firebase/app'
import {
  connectAuthEmulator,
  indexedDBLocalPersistence,
  inMemoryPersistence,
  initializeAuth,
  onAuthStateChanged,
  signOut,
  type Auth,
} from 'firebase/auth'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import { phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { PhoneAuth } from './phone-auth.ts'
import type { WireContext } from './reading.ts'
import { openWire, type Wire } from './wire.ts'

export const userSchema = z.object({ uid: userIdSchema, phoneNumber: phoneSchema })
export type SignedInUser = z.infer<typeof userSchema>

/** Firebase, as services see it. */
export interface FirebaseClient extends PhoneAuth {
  /** Calls once with who is signed in (null: nobody), then at every change. */
  onUser(listener: (user: SignedInUser | null) => void): () => void
  signOut(): Promise<void>
  /** At most one is open at a time: close it before the next. */
  openWire(me: UserId, context: WireContext): Wire
  /** Ends everything; the client cannot be used again. */
  close(): Promise<void>
}

export interface FirebaseOptions {
  /** Tells clients in one process apart. */
  name?: string
  /** Where the session is kept. */
  session: 'indexedDB' | 'memory'
  phoneAuth: (auth: Auth) => PhoneAuth
}

export function createFirebaseClient(backend: Backend, options: FirebaseOptions): FirebaseClient {
  const app = initializeApp(backend.firebase, options.name)
  const persistence = options.session === 'indexedDB' ? indexedDBLocalPersistence : inMemoryPersistence
  // Not getAuth: it brings pop-ups and redirects along, which are of no use here.
  const auth = initializeAuth(app, { persistence })
  const { emulator } = backend
  if (emulator !== null) {
    auth.settings.appVerificationDisabledForTesting = true
    const url = `http://${emulator.host}:${emulator.authPort}`
    connectAuthEmulator(auth, url, { disableWarnings: true })
  }
  const phoneAuth = options.phoneAuth(auth)
  return {
    requestCode: (phone) => phoneAuth.requestCode(phone),
    confirmCode: (code) => phoneAuth.confirmCode(code),
    onUser(listener) {
      return onAuthStateChanged(auth, (user) => {
        const known = userSchema.safeParse(user)
        // Someone without a phone number came in another way than this app's: the rules give them nothing.
        listener(known.success ? known.data : null)
      })
    },
    signOut: () => signOut(auth),
    openWire: (me, context) => openWire(app, backend, me, context),
    close: () => deleteApp(app),
  }
}
