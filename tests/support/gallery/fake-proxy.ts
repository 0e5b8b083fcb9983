import { defaultSettings } from '#shared/settings.ts'
import type { ProxyService } from '../../../src/renderer/services/services.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'

/** A proxy of this port answers; any other is silent. */
const ANSWERS = 3128

export function fakeProxy(store: AppStore, record: (name: string, ...args: unknown[]) => void): ProxyService {
  return {
    password: () => Promise.resolve('stored'),
    set({ proxy, password }) {
      record('proxy.set', proxy)
      store.setState(({ settings }) => ({ settings: { ...(settings ?? defaultSettings), proxy } }))
      return Promise.resolve(password === undefined ? 'none' : 'memory')
    },
    test(change) {
      record('proxy.test')
      return Promise.resolve(change?.proxy.port === ANSWERS ? 'works' : 'silent')
    },
  }
}
