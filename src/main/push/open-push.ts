import { join } from 'node:path'
import { app, net, safeStorage } from 'electron'
import type { Backend } from '#shared/backend.ts'
import type { Log } from '../log/log.ts'
import { createPushService, type PushService, type PushServiceOptions } from './push-service.ts'
import { createReceiver } from './receiver.ts'

/** Opens the push service with Chromium's network and the system's key store. */
export function openPush(
  { backend, log }: { backend: Backend; log: Log },
  options: Omit<PushServiceOptions, 'createReceiver'>,
): PushService {
  return createPushService({
    ...options,
    createReceiver: (handlers) =>
      createReceiver({
        ...handlers,
        backend,
        directory: join(app.getPath('userData'), 'push'),
        secrets: {
          encrypt(text) {
            requireKeyStore()
            return safeStorage.encryptString(text)
          },
          decrypt: (bytes) => safeStorage.decryptString(bytes),
        },
        fetch: (url, init) => net.fetch(url, init),
        log: log.write,
      }),
  })
}

/** Throws where the system would not protect the secret. Then nothing is stored, and each start registers anew. */
function requireKeyStore(): void {
  const isPlain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  if (isPlain || !safeStorage.isEncryptionAvailable()) throw new Error('The system has no key store.')
}
