import type { PreloadBridge } from '#shared/bridge/index.ts'
import type { Backend } from '#shared/backend.ts'
import type { FirebaseClient } from '../data/firebase.ts'
import { createPlatform, type Platform } from '../platform/bridge.ts'
import { forgetListSnapshots, removeListSnapshot } from '../platform/list-snapshot.ts'
import { pageNetwork } from '../platform/network.ts'
import { nextPaint } from '../platform/next-paint.ts'
import { pageSessionMemory } from '../platform/session-memory.ts'
import { createServices, type RunningServices } from '../services/create-services.ts'
import type { AppStore } from '../stores/app-store.ts'

/** Connects the page to main and Firebase, and starts the services. Rejects with a BridgeError if a call to main fails. */
export async function startServices(store: AppStore, preload: PreloadBridge): Promise<RunningServices> {
  const platform = createPlatform(preload)
  const [info, lock] = await Promise.all([platform.call('app.info'), platform.call('lock.state')])
  store.setState({ lock })
  // With a PIN there is no snapshot. If the app ended just when the PIN was set, there may be one.
  if (lock.hasPin) {
    removeListSnapshot()
    forgetListSnapshots()
  }
  return createServices({
    platform,
    loadFirebase: () => loadFirebase(platform, info.backend),
    store,
    network: pageNetwork,
    memory: pageSessionMemory,
    info,
    nextPaint,
  })
}

/** Firebase is almost half of the code. It is loaded when the first screen is painted, so that it does not delay that. */
async function loadFirebase(platform: Platform, backend: Backend): Promise<FirebaseClient> {
  await nextPaint()
  const [{ createFirebaseClient }, { createPhoneAuth }] = await Promise.all([
    import('../data/firebase.ts'),
    import('../data/phone-auth.ts'),
  ])
  return createFirebaseClient(backend, {
    session: 'indexedDB',
    phoneAuth: (auth) =>
      createPhoneAuth(auth, async () => {
        // The emulator accepts any token.
        if (backend.emulator !== null) return 'local'
        return (await platform.call('verification.solve')).token
      }),
  })
}
