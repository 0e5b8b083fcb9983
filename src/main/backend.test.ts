import { describe, expect, it } from 'vitest'
import { BackendError, parseBackend, readBackend } from './backend.ts'

const firebase = {
  apiKey: 'k',
  authDomain: 'x.firebaseapp.com',
  projectId: 'x',
  storageBucket: 'x.firebasestorage.app',
  appId: 'a',
}

describe('backend', () => {
  it('parses the configuration of a real project and of the local backend', () => {
    const real = { firebase, emulator: null, reportAddress: 'reports@example.org' }
    expect(parseBackend(JSON.stringify(real), 'f')).toEqual(real)
    const local = { firebase, emulator: { host: '127.0.0.1', authPort: 1, firestorePort: 2, storagePort: 3 } }
    expect(parseBackend(JSON.stringify(local), 'f')).toEqual(local)
  })

  it('rejects an invalid configuration with the reason', () => {
    expect(() => parseBackend('{', 'perch.config.json')).toThrow('perch.config.json isn’t valid JSON')
    const noDomain = { firebase: { ...firebase, authDomain: 'not a host' }, emulator: null }
    expect(() => parseBackend(JSON.stringify(noDomain), 'f')).toThrow(/firebase\.authDomain/)
    const otherBucket = { firebase: { ...firebase, storageBucket: 'x/o?name=' }, emulator: null }
    expect(() => parseBackend(JSON.stringify(otherBucket), 'f')).toThrow(/firebase\.storageBucket/)
    const noAddress = { firebase, emulator: null, reportAddress: 'javascript:alert(1)' }
    expect(() => parseBackend(JSON.stringify(noAddress), 'f')).toThrow(/reportAddress/)
    const elsewhere = {
      firebase,
      emulator: { host: 'evil.example', authPort: 1, firestorePort: 2, storagePort: 3 },
    }
    expect(() => parseBackend(JSON.stringify(elsewhere), 'f')).toThrow(BackendError)
    expect(() => readBackend('/nowhere/perch.config.json')).toThrow('can’t read /nowhere/perch.config.json')
  })
})
