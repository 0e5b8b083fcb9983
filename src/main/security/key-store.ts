import type { SafeStorage } from 'electron'

/** Encrypts and decrypts texts that only this person may read. Both throw. */
export interface Secrets {
  encrypt: (text: string) => Buffer
  decrypt: (encrypted: Buffer) => string
}

type System = Pick<
  SafeStorage,
  'encryptString' | 'decryptString' | 'isEncryptionAvailable' | 'getSelectedStorageBackend'
>

/** The system's key store. `encrypt` throws where the system would not protect the secret, so that nothing is stored there. */
export function createKeyStore(system: System, platform: NodeJS.Platform): Secrets {
  /** On Linux without a key store, Electron encrypts with a key that everyone knows. */
  const isPlain = (): boolean => platform === 'linux' && system.getSelectedStorageBackend() === 'basic_text'
  return {
    encrypt(text) {
      if (isPlain() || !system.isEncryptionAvailable()) throw new Error('The system has no key store.')
      return system.encryptString(text)
    },
    decrypt: (encrypted) => system.decryptString(encrypted),
  }
}
