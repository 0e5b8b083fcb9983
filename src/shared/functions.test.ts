import { expect, it } from 'vitest'
import type { Backend } from './backend.ts'
import { functionUrl } from './functions.ts'

const firebase: Backend['firebase'] = {
  apiKey: 'k',
  authDomain: 'x.firebaseapp.com',
  projectId: 'x',
  storageBucket: 'x.firebasestorage.app',
  appId: 'a',
}
const withPush = { ...firebase, messagingSenderId: '1' }
const emulator = { host: '127.0.0.1', authPort: 1, firestorePort: 2, storagePort: 3 } as const
const push = { functionsPort: 4, fcmPort: 5, mcsPort: 6, ca: '-----BEGIN CERTIFICATE-----' }

it('a function has an address only where there is push', () => {
  expect(functionUrl({ firebase, emulator: null }, 'testPush')).toBeNull()
  expect(functionUrl({ firebase: withPush, emulator }, 'testPush')).toBeNull()
  expect(functionUrl({ firebase: withPush, emulator: null }, 'testPush')).toBe(
    'https://us-central1-x.cloudfunctions.net/testPush',
  )
  expect(functionUrl({ firebase: withPush, emulator: { ...emulator, push } }, 'testPush')).toBe(
    'http://127.0.0.1:4/x/us-central1/testPush',
  )
})
