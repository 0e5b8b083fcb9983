import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import ece from 'http_ece'
import { z } from 'zod'
import type { QueuedPush } from './mcs-server.ts'
import type { EmulatedRegistration } from './registrations.ts'
import { json, refusal, type Handler } from './services.ts'

/** Bytes of keys and values. */
const MAX_DATA = 4096

const sendSchema = z.object({
  validate_only: z.boolean().optional(),
  message: z.object({
    token: z.string().min(1),
    data: z.record(z.string(), z.string()).optional(),
    android: z.object({ priority: z.enum(['normal', 'high', 'NORMAL', 'HIGH']).optional() }).optional(),
    webpush: z.object({ headers: z.record(z.string(), z.string()).optional() }).optional(),
  }),
})

/** The send method of the FCM v1 API, for data to one device. `deliver` gets what the device will receive. */
export function sender(deliver: (androidId: string, push: QueuedPush) => void): Handler {
  return ({ body, project }, { known }) => {
    const input = sendSchema.safeParse(json(body))
    if (!input.success) return failure(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT')
    const { message, validate_only: isTrial = false } = input.data
    const { token, data = {}, android, webpush } = message
    const size = Object.entries(data).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0)
    if (size > MAX_DATA) return failure(400, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT')
    const registration = known.registrations.get(token)
    if (registration === undefined) return failure(404, 'NOT_FOUND', 'UNREGISTERED')
    if (registration.project !== project) return failure(403, 'PERMISSION_DENIED', 'SENDER_ID_MISMATCH')
    const id = randomUUID()
    const isUrgent = android?.priority?.toLowerCase() === 'high' || webpush?.headers?.['Urgency'] === 'high'
    const envelope = { data, from: '1', fcmMessageId: id, priority: isUrgent ? 'high' : 'normal' }
    if (!isTrial) deliver(registration.androidId, encrypted(registration, envelope))
    return { status: 200, body: { name: `projects/${project}/messages/${id}` } }
  }
}

function failure(code: number, status: string, errorCode: string): ReturnType<Handler> {
  return refusal(code, status, [
    { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode },
  ])
}

/** Encrypts as Google does: by the draft `aesgcm` of Web Push. */
export function encrypted({ p256dh, auth }: EmulatedRegistration, envelope: object): QueuedPush {
  const privateKey = createECDH('prime256v1')
  const publicKey = privateKey.generateKeys('base64url')
  const salt = randomBytes(16).toString('base64url')
  const content = ece.encrypt(Buffer.from(JSON.stringify(envelope)), {
    ...{ version: 'aesgcm', privateKey, dh: p256dh, authSecret: auth, salt },
  })
  const persistentId = `0:${Date.now()}000%${randomBytes(8).toString('hex')}`
  const headers = { 'crypto-key': `dh=${publicKey}`, encryption: `salt=${salt}` }
  return { persistentId, body: dataMessage(persistentId, headers, content) }
}

/** A DataMessageStanza. */
export function dataMessage(
  persistentId: string,
  headers: Readonly<Record<string, string>>,
  content: Uint8Array,
): Uint8Array {
  const writer = new BinaryWriter()
  const setText = (field: number, value: string): BinaryWriter =>
    writer.tag(field, WireType.LengthDelimited).string(value)
  setText(2, persistentId)
  setText(3, '1')
  setText(5, 'org.chromium.linux')
  for (const [key, value] of Object.entries(headers)) {
    writer.tag(7, WireType.LengthDelimited).fork()
    setText(1, key)
    setText(2, value)
    writer.join()
  }
  setText(9, persistentId)
  return writer
    .tag(17, WireType.Varint)
    .int32(2_419_200)
    .tag(21, WireType.LengthDelimited)
    .bytes(content)
    .finish()
}
