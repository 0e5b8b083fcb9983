import { createECDH } from 'node:crypto'
import ece from 'http_ece'
import { z } from 'zod'
import { pushSchema, type Push } from '#shared/push.ts'
import type { PushKeys } from './registration.ts'
import type { DataMessage } from './stanzas.ts'

/** FCM wraps the data of the sender. What else it says about the push is not needed. */
const envelopeSchema = z.object({ data: pushSchema })

/** The push cannot be used. The message is safe to log: it has no content. */
export class PushDropped extends Error {
  override readonly name = 'PushDropped'
}

/** Decrypts and parses a push. Throws PushDropped. */
export function readPush(message: DataMessage, keys: PushKeys): Push {
  let content: Buffer
  try {
    content = decrypt(message, keys)
  } catch (cause) {
    throw new PushDropped('not encrypted for this device', { cause })
  }
  try {
    return envelopeSchema.parse(JSON.parse(content.toString())).data
  } catch {
    // The cause is left out, because the errors of parsers quote the content.
    throw new PushDropped('not a push that this version knows')
  }
}

/** Web Push has two encodings: `aes128gcm` (RFC 8291), and `aesgcm`, the draft before it, which FCM uses. */
function decrypt({ appData, content }: DataMessage, keys: PushKeys): Buffer {
  const privateKey = createECDH('prime256v1')
  privateKey.setPrivateKey(keys.privateKey, 'base64url')
  const ours = { privateKey, authSecret: keys.authSecret }
  const bytes = Buffer.from(content)
  if (appData.get('content-encoding') === 'aes128gcm')
    return ece.decrypt(bytes, { version: 'aes128gcm', ...ours })
  return ece.decrypt(bytes, {
    version: 'aesgcm',
    ...ours,
    dh: parameter(appData.get('crypto-key'), 'dh'),
    salt: parameter(appData.get('encryption'), 'salt'),
  })
}

/** A value of a header such as `keyid=p256dh;dh=BASE64URL`. Throws when it is missing. */
function parameter(header: string | undefined, name: string): string {
  for (const part of header?.split(/[;,]/) ?? []) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=').replaceAll('"', '')
  }
  throw new Error(`no ${name}`)
}
