import { expect, it, vi } from 'vitest'
import type { BridgeEvent, PreloadBridge, Result } from '#shared/bridge/index.ts'
import { defaultPrivacy } from '#shared/domain/account.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { ada, me } from '#shared/domain/test-data.ts'
import { defaultSettings } from '#shared/settings.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import { createPlatform } from '../platform/bridge.ts'
import { callEarly } from '../platform/early-calls.ts'
import { createAppStore, type AppStore } from '../stores/app-store.ts'
import { createServices, type RunningServices } from './create-services.ts'

interface Started extends RunningServices {
  store: AppStore
  emit: (event: BridgeEvent) => void
  /** The methods that were called in main, in their order. */
  called: string[]
}

const info: Result<'app.info'> = {
  version: '0.0.0',
  platform: 'linux',
  backend: {
    firebase: {
      apiKey: 'key',
      authDomain: 'localhost',
      projectId: 'demo-perch',
      storageBucket: 'demo-perch.firebasestorage.app',
      appId: 'app',
    },
    emulator: null,
  },
}
const lock: Result<'lock.state'> = { hasPin: false, locked: false, waitMs: 0, touchId: false }
const results: Partial<Record<string, unknown>> = {
  'app.info': info,
  'lock.state': lock,
  'settings.get': defaultSettings,
  'replica.open': { setAside: null },
  'replica.account': {
    profile: { displayName: 'Me', about: '' },
    privacy: defaultPrivacy,
    photo: null,
  },
  'replica.chats': [],
  'replica.people': [],
  'replica.activities': [],
}

interface Main {
  preload: PreloadBridge
  emit: Started['emit']
  called: string[]
}

function fakeMain(): Main {
  const called: string[] = []
  let onEvent: Started['emit'] = () => undefined
  const preload: PreloadBridge = {
    call(_, method) {
      called.push(method)
      return Promise.resolve({ ok: true, value: results[method] })
    },
    listen(listener) {
      onEvent = listener
      return () => undefined
    },
  }
  return { preload, emit: (event) => onEvent(event), called }
}

/** Starts the services. Firebase does not report who is signed in. */
function start(main = fakeMain(), lastUser: object | null = null): Started {
  const { preload, emit, called } = main
  const firebase: FirebaseClient = {
    onUser: () => () => undefined,
    requestCode: () => Promise.resolve(),
    confirmCode: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
    idToken: () => Promise.resolve('token'),
    openWire: () => expect.fail('not used'),
    close: () => Promise.resolve(),
  }
  const store = createAppStore()
  const running = createServices({
    platform: createPlatform(preload),
    loadFirebase: () => Promise.resolve(firebase),
    store,
    network: { isUp: () => true, watch: () => () => undefined },
    memory: { load: () => lastUser, save: () => undefined },
    info,
    nextPaint: () => Promise.resolve(),
  })
  return { ...running, store, emit, called }
}

it('stores the power state before anybody is signed in', async () => {
  const { store, emit, stop } = start()
  emit({ account: null, name: 'power.state', payload: { state: 'locked' } })
  expect(store.getState().power).toBe('locked')
  await stop()
})

it('saves the last draft before the app may quit', async () => {
  const lastUser = { uid: me, phoneNumber: '+14155550100' }
  const { services, store, emit, called, stop } = start(fakeMain(), lastUser)
  await vi.waitUntil(() => store.getState().session.phase === 'ready')
  services.conversation.setDraft(chatIdSchema.parse('a_b'), 'half a')
  emit({ account: null, name: 'power.state', payload: { state: 'quitting' } })
  await vi.waitUntil(() => called.includes('app.readyToQuit'))
  expect(called.indexOf('replica.setDraft')).toBeGreaterThan(-1)
  expect(called.indexOf('replica.setDraft')).toBeLessThan(called.indexOf('app.readyToQuit'))
  await stop()
})

it('ignores navigation for an account that is not signed in', async () => {
  const lastUser = { uid: me, phoneNumber: '+14155550100' }
  const { store, emit, stop } = start(fakeMain(), lastUser)
  await vi.waitUntil(() => store.getState().session.phase === 'ready')
  const payload = { destination: { to: 'settings' }, by: 'click' } as const
  emit({ account: ada, name: 'navigate', payload })
  expect(store.getState().navigation.pane).toBe('chats')
  emit({ account: me, name: 'navigate', payload })
  expect(store.getState().navigation.pane).toBe('settings')
  await stop()
})

it('makes each early call once, and later only the calls that must wait', async () => {
  const lastUser = { uid: me, phoneNumber: '+14155550100' }
  const main = fakeMain()
  const preload = callEarly(main.preload, me)
  if (preload === undefined) throw new Error('there is a preload')
  const early = [...main.called]
  // These are not called early: the page would miss a change between the early call and its first listener.
  const later = ['settings.get', 'app.ready']
  const requested: string[] = []
  const call: PreloadBridge['call'] = (account, method, args) => {
    requested.push(method)
    return preload.call(account, method, args)
  }
  // As bootstrap.ts does, before there are any services.
  const platform = createPlatform({ ...preload, call })
  await Promise.all([platform.call('app.info'), platform.call('lock.state')])
  const { store, stop } = start({ ...main, preload: { ...preload, call } }, lastUser)
  await vi.waitUntil(() => store.getState().session.phase === 'ready')
  expect(requested.toSorted()).toEqual([...early, ...later].toSorted())
  expect(main.called).toEqual([...early, ...later])
  await stop()
})
