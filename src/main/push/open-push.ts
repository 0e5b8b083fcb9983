import { join } from 'node:path'
import { app, safeStorage } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { Log } from '../log/log.ts'
import type { Network } from '../network/network.ts'
import { createKeyStore } from '../security/key-store.ts'
import { createPushService, type PushService, type PushServiceOptions } from './push-service.ts'
import { createReceiver } from './receiver.ts'

/** Opens the push service with the app's network and the system's key store. */
export function openPush(
  { backend, log, network }: { backend: Backend; log: Log; network: Network },
  options: Omit<PushServiceOptions, 'createReceiver'>,
): PushService {
  return createPushService({
    ...options,
    createReceiver: (handlers) =>
      createReceiver({
        ...handlers,
        backend,
        directory: join(app.getPath('userData'), 'push'),
        secrets: createKeyStore(safeStorage, process.platform),
        fetch: network.fetch,
        connect: network.connect,
        log: log.write,
      }),
  })
}
