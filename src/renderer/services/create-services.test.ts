import { expect, it, vi } from 'vitest'
import type { BridgeEvent, PreloadBridge } from '#shared/bridge.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { defaultSettings } from '#shared/settings.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import { createPlatform } from '../platform/bridge.ts'
import { createAppStore, type AppStore } from '../stores/app-store.ts'
import { createServices, type RunningServices } from './create-services.ts'

interface Started extends RunningServices {
  store: AppStore
  emit: (event: BridgeEvent) => void
  /** The methods that main was called with, in their order. */
  called: string[]
}

/** The services of a page that nobody is signed in to yet. */
function start(): Started {
  const called: string[] = []
  let emit: Started['emit'] = () => undefined
  const preload: PreloadBridge = {
    call(method) {
      called.push(method)
      return Promise.resolve({ ok: true, value: method === 'settings.get' ? defaultSettings : undefined })
    },
    listen(listener) {
      emit = listener
      return () => undefined
    },
  }
  const firebase: FirebaseClient = {
    onUser: () => () => undefined,
    requestCode: () => Promise.resolve(),
    confirmCode: () => Promise.resolve(),
    signOut: () => Promise.resolve(),
    openWire: () => {
      throw new Error('nobody is signed in')
    },
    close: () => Promise.resolve(),
  }
  const store = createAppStore()
  const running = createServices({
    platform: createPlatform(preload),
    firebase,
    store,
    network: { isUp: () => true, watch: () => () => undefined },
    memory: { recall: () => null, remember: () => undefined },
    info: {
      version: '0.0.0',
      platform: 'linux',
      locale: 'en',
      backend: {
        firebase: { apiKey: 'key', authDomain: 'localhost', projectId: 'demo-perch', appId: 'app' },
        emulator: null,
      },
    },
  })
  return { ...running, store, emit: (event) => emit(event), called }
}

it('keeps what the system says of the person before anybody is signed in', async () => {
  const { store, emit, stop } = start()
  emit({ name: 'power.state', payload: { state: 'locked' } })
  expect(store.getState().power).toBe('locked')
  await stop()
})

it('saves the text that was typed last before it lets the app quit', async () => {
  const { services, emit, called, stop } = start()
  services.conversation.setDraft(chatIdSchema.parse('a_b'), 'half a')
  emit({ name: 'power.state', payload: { state: 'quitting' } })
  await vi.waitUntil(() => called.includes('app.readyToQuit'))
  expect(called.indexOf('replica.setDraft')).toBeGreaterThan(-1)
  expect(called.indexOf('replica.setDraft')).toBeLessThan(called.indexOf('app.readyToQuit'))
  await stop()
})
