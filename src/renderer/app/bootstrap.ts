import type { PreloadBridge } from '#shared/bridge/index.ts'
import { createFirebaseClient } from '../data/firebase.ts'
import { createPhoneAuth } from '../data/phone-auth.ts'
import { createPlatform } from '../platform/bridge.ts'
import { pageNetwork } from '../platform/network.ts'
import { pageSessionMemory } from '../platform/session-memory.ts'
import { createServices, type RunningServices } from '../services/create-services.ts'
import type { AppStore } from '../stores/app-store.ts'

/** Connects the page to main and Firebase, and starts the services. Rejects with a BridgeError if a call to main fails. */
export async function startServices(store: AppStore, preload: PreloadBridge): Promise<RunningServices> {
  const platform = createPlatform(preload)
  const info = await platform.call('app.info')
  const firebase = createFirebaseClient(info.backend, {
    session: 'indexedDB',
    phoneAuth: (auth) =>
      createPhoneAuth(auth, async () => {
        // The emulator accepts any token.
        if (info.backend.emulator !== null) return 'local'
        return (await platform.call('verification.solve')).token
      }),
  })
  return createServices({ platform, firebase, store, network: pageNetwork, memory: pageSessionMemory, info })
}
