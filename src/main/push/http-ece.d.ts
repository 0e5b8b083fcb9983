declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  /** Strings are base64url. */
  interface Parameters {
    version: 'aesgcm' | 'aes128gcm'
    privateKey: ECDH
    authSecret: string
    /** The other side's public key. Decrypting `aes128gcm` finds it in the content. */
    dh?: string
    salt?: string
  }
  const ece: {
    encrypt(content: Buffer, parameters: Parameters): Buffer
    /** Throws when the content was not encrypted for this key, or was changed. */
    decrypt(content: Buffer, parameters: Parameters): Buffer
  }
  export default ece
}
