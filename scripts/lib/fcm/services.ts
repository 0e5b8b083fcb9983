import { randomBytes, randomUUID } from 'node:crypto'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { z } from 'zod'
import { fixed64, readFields } from '../../../src/main/push/protobuf.ts'
import type { Faults } from './faults.ts'
import type { Registrations } from './registrations.ts'

export interface ServiceRequest {
  headers: Headers
  body: Buffer
  /** What the path contains at the places of its pattern. */
  project: string
  id: string
}

export interface ServiceResponse {
  status: number
  /** An object is sent as JSON. */
  body: object | string | Uint8Array
}

export interface ServiceState {
  faults: Faults
  known: Registrations
}

/** Handles a request after its path was recognised. */
export type Handler = (request: ServiceRequest, state: ServiceState) => ServiceResponse

const APP_CATEGORY = 'org.chromium.linux'
const TOKEN_LIFETIME = '604800s'

/** Gives a new device its id, and confirms that of one that names its security token. */
export const checkIn: Handler = ({ body }, { known }) => {
  const device = { id: 0n, token: 0n }
  readFields(body, {
    2: { type: WireType.Varint, read: (reader) => (device.id = BigInt(reader.int64())) },
    13: fixed64((value) => (device.token = value)),
  })
  const isKnown = known.devices.get(`${device.id}`) === `${device.token}`
  const { id, token } = isKnown ? device : { id: randomId(), token: randomId() }
  known.devices.set(`${id}`, `${token}`)
  known.save()
  const writer = new BinaryWriter().tag(1, WireType.Varint).bool(true)
  writer.tag(7, WireType.Bit64).fixed64(id).tag(8, WireType.Bit64).fixed64(token)
  return { status: 200, body: writer.finish() }
}

export const registerDevice: Handler = ({ headers, body }, { known, faults }) => {
  const form = new URLSearchParams(body.toString())
  const [, androidId = '', securityToken] =
    /^AidLogin (\d+):(\d+)$/.exec(headers.get('authorization') ?? '') ?? []
  if (known.devices.get(androidId) !== securityToken || form.get('device') !== androidId)
    return { status: 401, body: 'Error=AUTHENTICATION_FAILED' }
  if (faults.phoneErrors > 0) {
    faults.phoneErrors--
    return { status: 200, body: 'Error=PHONE_REGISTRATION_ERROR' }
  }
  if (form.get('app') !== APP_CATEGORY || form.get('X-subtype') === null)
    return { status: 200, body: 'Error=INVALID_PARAMETERS' }
  if (!/^[A-Za-z0-9_-]{87}$/.test(form.get('sender') ?? ''))
    return { status: 200, body: 'Error=INVALID_SENDER' }
  const token = randomBytes(48).toString('base64url')
  known.addresses.set(token, androidId)
  known.save()
  return { status: 200, body: `token=${token}` }
}

const installSchema = z.object({
  fid: z.string().regex(/^[cdef][\w-]{21}$/),
  authVersion: z.literal('FIS_v2'),
  appId: z.string().min(1),
  sdkVersion: z.string().min(1),
})

export const install: Handler = ({ body, project, headers }, { known, faults }) => {
  const input = installSchema.safeParse(json(body))
  if (faults.refuse || !headers.has('x-goog-api-key')) return refusal(403, 'PERMISSION_DENIED')
  if (!input.success) return refusal(400, 'INVALID_ARGUMENT')
  const { fid } = input.data
  const installation = { refreshToken: `2_${randomUUID()}`, authToken: randomUUID() }
  known.installations.set(fid, installation)
  known.save()
  const name = `projects/${project}/installations/${fid}`
  const authToken = { token: installation.authToken, expiresIn: TOKEN_LIFETIME }
  return { status: 200, body: { name, fid, refreshToken: installation.refreshToken, authToken } }
}

export const generateAuthToken: Handler = ({ id, headers }, { known }) => {
  const installation = known.installations.get(id)
  if (installation === undefined) return refusal(404, 'NOT_FOUND')
  if (headers.get('authorization') !== `FIS_v2 ${installation.refreshToken}`)
    return refusal(401, 'UNAUTHENTICATED')
  installation.authToken = randomUUID()
  known.save()
  return { status: 200, body: { token: installation.authToken, expiresIn: TOKEN_LIFETIME } }
}

const registrationSchema = z.object({
  web: z.object({
    endpoint: z.string().startsWith('https://fcm.googleapis.com/fcm/send/'),
    p256dh: z.string().regex(/^[\w-]{87}$/),
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
})

/** Creates a registration (POST), or confirms the one with the token `id` (PATCH). */
export const register: Handler = ({ body, project, id, headers }, { known, faults }) => {
  const input = registrationSchema.safeParse(json(body))
  if (faults.refuse) return refusal(403, 'PERMISSION_DENIED')
  const fid = installationOf(headers, known)
  if (fid === undefined) return refusal(401, 'UNAUTHENTICATED')
  if (id !== '' && !known.registrations.has(id)) return refusal(404, 'NOT_FOUND')
  const { endpoint, p256dh, auth } = input.data?.web ?? { endpoint: '', p256dh: '', auth: '' }
  const androidId = known.addresses.get(endpoint.slice(endpoint.lastIndexOf('/') + 1))
  if (androidId === undefined) return refusal(400, 'INVALID_ARGUMENT')
  const token = id === '' ? `${fid}:APA91b${randomBytes(99).toString('base64url')}` : id
  known.registrations.set(token, { project, androidId, p256dh, auth })
  known.save()
  return { status: 200, body: { name: `projects/${project}/registrations/${token}`, token } }
}

export const unregister: Handler = ({ id, headers }, { known }) => {
  if (installationOf(headers, known) === undefined) return refusal(401, 'UNAUTHENTICATED')
  if (!known.registrations.delete(id)) return refusal(404, 'NOT_FOUND')
  known.save()
  return { status: 200, body: {} }
}

/** An error as Google's services answer it. */
export function refusal(code: number, status: string, details: object[] = []): ServiceResponse {
  return { status: code, body: { error: { code, message: `The emulator says ${status}.`, status, details } } }
}

/** undefined: not JSON. */
export function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

/** The fid of the installation that the request is from. */
function installationOf(headers: Headers, known: Registrations): string | undefined {
  const given = headers.get('x-goog-firebase-installations-auth')
  for (const [fid, { authToken }] of known.installations) if (given === `FIS ${authToken}`) return fid
  return undefined
}

/** A positive 63-bit number. */
function randomId(): bigint {
  return randomBytes(8).readBigUInt64LE() >> 1n
}
