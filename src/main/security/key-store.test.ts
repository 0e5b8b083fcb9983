import { expect, it, vi } from 'vitest'
import { createKeyStore } from './key-store.ts'

type System = Parameters<typeof createKeyStore>[0]

function systemWith(backend: ReturnType<System['getSelectedStorageBackend']>, isAvailable = true): System {
  return {
    encryptString: vi.fn<System['encryptString']>((text) => Buffer.from(`<${text}>`)),
    decryptString: (bytes) => bytes.toString().slice(1, -1),
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => backend,
  }
}

it('encrypts and decrypts with the system’s key store', () => {
  const store = createKeyStore(systemWith('gnome_libsecret'), 'linux')
  expect(store.decrypt(store.encrypt('token'))).toBe('token')
})

it.each([
  ['Linux has only a key that everyone knows', 'linux', systemWith('basic_text')],
  ['Linux has no encryption', 'linux', systemWith('kwallet6', false)],
  ['macOS denies the keychain', 'darwin', systemWith('unknown', false)],
  ['Windows has no encryption', 'win32', systemWith('unknown', false)],
] as const)('encrypts nothing where %s', (_name, platform, system) => {
  expect(() => createKeyStore(system, platform).encrypt('token')).toThrow('no key store')
  expect(system.encryptString).not.toHaveBeenCalled()
})

it('does not ask macOS and Windows for a backend, which only Linux has', () => {
  const system = { ...systemWith('unknown'), getSelectedStorageBackend: () => expect.unreachable() }
  expect(createKeyStore(system, 'darwin').encrypt('token').toString()).toBe('<token>')
})
