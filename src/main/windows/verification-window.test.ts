import { describe, expect, it, vi } from 'vitest'
import { createTranslate } from '../i18n.ts'
import { createVerification } from './verification-window.ts'

vi.mock('electron', () => {
  const nothing = (): void => undefined
  const session = {
    setPermissionRequestHandler: nothing,
    setPermissionCheckHandler: nothing,
    setDevicePermissionHandler: nothing,
    protocol: { handle: nothing },
    // Google's server never responds.
    fetch: () => new Promise(nothing),
  }
  return { session: { fromPartition: () => session }, app: {}, protocol: {}, BrowserWindow: nothing }
})

const backend = {
  firebase: {
    apiKey: 'key',
    authDomain: 'perch.example',
    projectId: 'perch',
    storageBucket: 'perch.firebasestorage.app',
    appId: '1',
  },
  emulator: null,
}

describe('createVerification', () => {
  it('refuses a second verification during the first, even before its window is open', async () => {
    const verification = createVerification(backend, createTranslate('en'), 'en', {
      prepare: () => Promise.resolve(),
    })
    void verification.solve()
    const second = Promise.race([verification.solve(), Promise.resolve('let through')])
    await expect(second).rejects.toMatchObject({ code: 'refused' })
  })
})
