import { relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import {
  appPolicy,
  assetOf,
  INDEX_URL,
  isAppUrl,
  isIndexUrl,
  requestedDevice,
  ownPagePolicy,
} from './security-policy.ts'

const firebase = {
  apiKey: 'k',
  authDomain: 'x.firebaseapp.com',
  projectId: 'x',
  storageBucket: 'x.firebasestorage.app',
  appId: 'a',
}
const real: Backend = { firebase, emulator: null }
const local: Backend = {
  firebase,
  emulator: { host: '127.0.0.1', authPort: 4001, firestorePort: 4002, storagePort: 4003 },
}

function directive(text: string, name: string): string[] | undefined {
  return text
    .split('; ')
    .map((part) => part.split(' '))
    .find(([first]) => first === name)
    ?.slice(1)
}

describe('appPolicy', () => {
  it('allows connections only to the Firebase hosts, or only to the two local ports', () => {
    expect(directive(appPolicy(real), 'connect-src')).toEqual([
      "'self'",
      'app://media',
      'https://identitytoolkit.googleapis.com',
      'https://securetoken.googleapis.com',
      'https://firestore.googleapis.com',
    ])
    expect(directive(appPolicy(local), 'connect-src')).toEqual([
      "'self'",
      'app://media',
      'http://127.0.0.1:4001',
      'http://127.0.0.1:4002',
    ])
  })

  it('allows the functions, too, where there is push', () => {
    const withPush = { ...firebase, messagingSenderId: '1' }
    const functionsOf = (backend: Backend) => directive(appPolicy(backend), 'connect-src')?.slice(4)
    const push = { functionsPort: 4004, fcmPort: 4005, mcsPort: 4006, ca: '-----BEGIN CERTIFICATE-----' }
    expect(directive(appPolicy({ ...real, firebase: withPush }), 'connect-src')?.at(-1)).toBe(
      'https://us-central1-x.cloudfunctions.net',
    )
    expect(
      functionsOf({ firebase: withPush, emulator: local.emulator && { ...local.emulator, push } }),
    ).toEqual(['http://127.0.0.1:4004'])
  })

  it('denies by default and allows no inline or evaluated code', () => {
    for (const text of [appPolicy(real), appPolicy(local), ownPagePolicy('abc=')]) {
      expect(text).not.toMatch(/unsafe|\*/)
      for (const name of [
        'default-src',
        'base-uri',
        'form-action',
        'frame-src',
        'object-src',
        'frame-ancestors',
      ]) {
        expect(directive(text, name)).toEqual(["'none'"])
      }
    }
    expect(directive(appPolicy(real), 'script-src')).toEqual(["'self'"])
    expect(directive(appPolicy(real), 'img-src')).toEqual(["'self'", 'data:', 'app://media'])
    expect(directive(ownPagePolicy('abc='), 'script-src')).toBeUndefined()
  })
})

describe('assetOf', () => {
  const root = '/app/out/renderer'

  it('serves the files of the build', () => {
    expect(assetOf(root, INDEX_URL)?.file).toBe('/app/out/renderer/index.html')
    expect(assetOf(root, 'app://perch/assets/index-B3_x-9.js#x')).toEqual({
      file: '/app/out/renderer/assets/index-B3_x-9.js',
      contentType: 'text/javascript; charset=utf-8',
    })
  })

  it.each([
    'app://perch/',
    'app://perch/..%2f..%2fetc%2fpasswd.html',
    'app://perch//etc/x.html',
    'app://perch/.env.json',
    'app://perch/a\\..\\b.js',
    'app://perch/x.exe',
    'app://perch/x.html%00.js',
    'app://perch/C:/x.html',
    'app://other/index.html',
    'app://user@perch/index.html',
    'file:///app/out/renderer/index.html',
    'https://perch/index.html',
    'nonsense',
  ])('refuses %s', (url) => {
    expect(assetOf(root, url)).toBeNull()
  })

  it('returns a file below the root for any path', () => {
    const piece = fc.oneof(fc.constantFrom('..', '.', '%2e', '/', '\\', '\0', 'a', '.js', '%2f'), fc.string())
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const asset = assetOf(root, `app://perch/${pieces.join('')}`)
        if (asset !== null) expect(relative(root, asset.file)).not.toMatch(/^\.\.|^\//)
      }),
    )
  })
})

describe('isAppUrl and isIndexUrl', () => {
  it('accept only the pages of the app', () => {
    expect(isAppUrl('app://perch/crash.html')).toBe(true)
    expect(isAppUrl('app://perch.evil.example/index.html')).toBe(false)
    expect(isAppUrl('https://perch/index.html')).toBe(false)
    expect(isAppUrl('about:blank')).toBe(false)
    expect(isIndexUrl(`${INDEX_URL}#/chat`)).toBe(true)
    expect(isIndexUrl(`${INDEX_URL}?x`)).toBe(false)
    expect(isIndexUrl('app://perch/crash.html')).toBe(false)
  })
})

describe('requestedDevice', () => {
  const request = { permission: 'media', media: ['audio'], url: INDEX_URL, isMainFrame: true }

  it('is the microphone or the camera, for the main frame of the app', () => {
    expect(requestedDevice(request)).toBe('microphone')
    expect(requestedDevice({ ...request, media: ['video'] })).toBe('camera')
    expect(requestedDevice({ ...request, url: 'app://perch/' })).toBe('microphone')
  })

  it.each([
    { media: ['audio', 'video'] },
    { media: ['video', 'audio'] },
    { media: ['unknown'] },
    { media: ['video', 'unknown'] },
    { media: [] },
    { permission: 'display-capture' },
    { permission: 'notifications' },
    { permission: 'mediaKeySystem' },
    { url: 'app://media/0' },
    { url: 'https://perch/index.html' },
    { url: '' },
    { isMainFrame: false },
  ])('is none for %j', (change) => {
    expect(requestedDevice({ ...request, ...change })).toBeNull()
    expect(requestedDevice({ ...request, media: ['video'], ...change })).toBeNull()
  })
})
