import { createECDH, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import ece from 'http_ece'
import { describe, expect, it } from 'vitest'
import { chatId, me, messageId } from '#shared/domain/test-data.ts'
import { PushDropped, readPush } from './decrypt.ts'
import type { PushKeys } from './registration.ts'
import type { DataMessage } from './stanzas.ts'

const pair = createECDH('prime256v1')
const keys: PushKeys = {
  publicKey: pair.generateKeys('base64url'),
  privateKey: pair.getPrivateKey('base64url'),
  authSecret: randomBytes(16).toString('base64url'),
}
const push = { type: 'message', account: me, chatId, messageId: messageId(1), mentioned: '0' }

function encrypt(version: 'aesgcm' | 'aes128gcm', content: Buffer): DataMessage {
  const privateKey = createECDH('prime256v1')
  const dh = privateKey.generateKeys('base64url')
  const salt = randomBytes(16).toString('base64url')
  const { publicKey, authSecret } = keys
  const encrypted = ece.encrypt(content, { version, privateKey, dh: publicKey, authSecret, salt })
  const headers: Record<typeof version, [string, string][]> = {
    aesgcm: [
      ['crypto-key', `keyid=p256dh; dh="${dh}", p256ecdsa=AAAA`],
      ['encryption', `keyid=p256dh;salt=${salt}`],
    ],
    aes128gcm: [['content-encoding', 'aes128gcm']],
  }
  return { persistentId: '1', category: 'x', appData: new Map(headers[version]), content: encrypted }
}

const encodings = ['aesgcm', 'aes128gcm'] as const

describe.each(encodings)('a push in %s', (encoding) => {
  const message = encrypt(encoding, Buffer.from(JSON.stringify({ data: push, from: '1', priority: 'high' })))

  it('is read', () => {
    expect(readPush(message, keys)).toEqual(push)
  })

  it('is dropped when any byte was changed, and with other keys', () => {
    const whole = Buffer.from(message.content)
    for (let at = 0; at < whole.length; at++) {
      // The size of records says nothing while there is one record, so it is not authenticated (RFC 8188).
      if (encoding === 'aes128gcm' && at >= 16 && at < 20) continue
      const content = Buffer.from(whole)
      content.writeUInt8(content.readUInt8(at) ^ 1, at)
      expect(() => readPush({ ...message, content }, keys)).toThrow(PushDropped)
    }
    const authSecret = randomBytes(16).toString('base64url')
    expect(() => readPush(message, { ...keys, authSecret })).toThrow('not encrypted for this device')
  })

  it('is dropped when it is not a push', () => {
    for (const text of ['', 'x', 'null', '[]', '{"data":{}}', JSON.stringify(push)])
      expect(() => readPush(encrypt(encoding, Buffer.from(text)), keys)).toThrow(
        'not a push that this version',
      )
  })
})

describe('anything else', () => {
  it('is dropped, and nothing else is thrown', () => {
    const names = fc.constantFrom('crypto-key', 'encryption', 'content-encoding', 'x')
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'aes128gcm',
        'aesgcm',
        'dh=',
        'salt=AAAA',
        `dh=${keys.publicKey}`,
        'salt=AAAAAAAAAAAAAAAAAAAAAA',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, values)),
        fc.uint8Array({ maxLength: 200 }),
        (headers, content) => {
          const message = { persistentId: '', category: '', appData: new Map(headers), content }
          expect(() => readPush(message, keys)).toThrow(PushDropped)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
