import { deleteApp, initializeApp } from 'firebase/app'
import {
  indexedDBLocalPersistence,
  inMemoryPersistence,
  initializeAuth,
  onAuthStateChanged,
  signOut,
  type Auth,
} from 'firebase/auth'
import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { connectToAuthEmulator } from './lanes.ts'
import type { PhoneAuth } from './phone-auth.ts'
import type { WireContext } from './reading.ts'
import { signedInUserSchema, type SignedInUser } from './signed-in-user.ts'
import { WireError } from './wire-error.ts'
import { openWire, type Wire } from './wire.ts'

/** The Firebase client that services use. */
export interface FirebaseClient extends PhoneAuth {
  /** Calls the listener once with who is signed in (null: nobody), then at every change. Returns a function to unsubscribe. */
  onUser(listener: (user: SignedInUser | null) => void): () => void
  signOut(): Promise<void>
  /** A token that proves who is signed in, valid for at least five minutes. Rejects with a WireError. */
  idToken(): Promise<string>
  /** Opens Firestore. Only one wire can be open at a time: close it before opening the next. */
  openWire(me: UserId, context: WireContext): Wire
  /** Ends everything. The client cannot be used again. */
  close(): Promise<void>
}

export interface FirebaseOptions {
  /** Distinguishes clients in one process. */
  name?: string
  /** Where the session is stored. */
  session: 'indexedDB' | 'memory'
  phoneAuth: (auth: Auth) => PhoneAuth
}

export function createFirebaseClient(backend: Backend, options: FirebaseOptions): FirebaseClient {
  const app = initializeApp(backend.firebase, options.name)
  const persistence = options.session === 'indexedDB' ? indexedDBLocalPersistence : inMemoryPersistence
  // Not getAuth: it would add the code for pop-ups and redirects, which are not used here.
  const auth = initializeAuth(app, { persistence })
  if (backend.emulator !== null) auth.settings.appVerificationDisabledForTesting = true
  connectToAuthEmulator(auth, backend)
  const phoneAuth = options.phoneAuth(auth)
  return {
    requestCode: (phone) => phoneAuth.requestCode(phone),
    confirmCode: (code) => phoneAuth.confirmCode(code),
    onUser(listener) {
      return onAuthStateChanged(auth, (user) => {
        const parsed = signedInUserSchema.safeParse(user)
        // A user without a phone number did not sign in with this app. The rules deny them everything.
        listener(parsed.success ? parsed.data : null)
      })
    },
    signOut: () => signOut(auth),
    async idToken() {
      try {
        const token = await auth.currentUser?.getIdToken()
        if (token !== undefined) return token
      } catch (cause) {
        throw new WireError('offline', { cause })
      }
      throw new WireError('offline')
    },
    openWire: (me, context) => openWire(auth, backend, me, context),
    close: () => deleteApp(app),
  }
}
