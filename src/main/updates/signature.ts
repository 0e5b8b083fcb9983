import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'

/*
 * The signature of a feed (`latest*.yml`): Ed25519 over all its bytes before the last line, which holds the signature as a comment.
 * In one file the two always belong together, also while a new release is being uploaded.
 */

const MARK = '# signature: '
const LAST_LINE = /# signature: ([A-Za-z0-9_-]{86})\n?$/u

/** Keys are 32 bytes in base64url. */
const jwk = (x: string, d?: string): { key: Record<string, string>; format: 'jwk' } => ({
  key: { kty: 'OKP', crv: 'Ed25519', x, ...(d !== undefined && { d }) },
  format: 'jwk',
})

export interface KeyPair {
  publicKey: string
  privateKey: string
}

export function newKeyPair(): KeyPair {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { publicKey: x, privateKey: d }
}

/** The text without its signature, if it has one. */
export function unsigned(text: string): string {
  return text.replace(LAST_LINE, '')
}

/** Signs a feed, in place of the signature that it has. The text must end with a line feed. */
export function signFeed(text: string, { publicKey, privateKey }: KeyPair): string {
  const content = unsigned(text)
  if (!content.endsWith('\n')) throw new Error('the feed does not end with a line feed')
  const signature = sign(null, Buffer.from(content), createPrivateKey(jwk(publicKey, privateKey)))
  return `${content}${MARK}${signature.toString('base64url')}\n`
}

/** The signed text; null: it has no signature, or not one of this key. */
export function verifiedFeed(text: string, publicKey: string): string | null {
  const signature = LAST_LINE.exec(text)?.[1]
  if (signature === undefined) return null
  const content = unsigned(text)
  const isValid = verify(
    null,
    Buffer.from(content),
    createPublicKey(jwk(publicKey)),
    Buffer.from(signature, 'base64url'),
  )
  return isValid ? content : null
}
