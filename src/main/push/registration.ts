import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import type { Device } from './check-in.ts'
import type { PushHosts } from './hosts.ts'
import { PushServiceError, request, type Fetch } from './request.ts'

/*
 * Registering for pushes takes three steps, each of another service: GCM gives the device an address (register3), Firebase an
 * installation of the app, and FCM a token for both together with the keys that encrypt the pushes.
 */

/** The key that Google shares among projects without a web push certificate. */
const SHARED_VAPID_KEY =
  'BDOU99-h67HcA6JeFXHbSNMu7e2yNNu3RzoMj8TM4W88jITfq7ZmPvIM1Iv-4_l2LxQcYwhqby2xGpWwzjfAnG4'
const SDK_VERSION = 'w:0.6.6'

/** Errors of register3 that do not pass by themselves. PHONE_REGISTRATION_ERROR does, although its name does not say so. */
const REGISTER_ERRORS: Partial<Record<string, PushServiceError['reason']>> = {
  AUTHENTICATION_FAILED: 'forgotten',
  INVALID_SENDER: 'refused',
}

const base64url = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/)
const secret = z.string().min(1).max(4096)

const installationSchema = z.object({
  /** Id of the installation. */
  fid: base64url,
  refreshToken: secret,
  authToken: secret,
  /** When `authToken` ends, in ms since the epoch. */
  expiresAt: z.number(),
})
type Installation = z.infer<typeof installationSchema>

/** For decrypting pushes. The services know the public key and `authSecret`. */
export const pushKeysSchema = z.object({ privateKey: base64url, publicKey: base64url, authSecret: base64url })
export type PushKeys = z.infer<typeof pushKeysSchema>

export const registrationSchema = z.object({
  keys: pushKeysSchema,
  gcmToken: secret,
  installation: installationSchema,
  /** The FCM token: the address for pushes to this registration. */
  token: secret,
  /** When the services last confirmed it, in ms since the epoch. */
  confirmedAt: z.number(),
})
export type Registration = z.infer<typeof registrationSchema>

export interface Services {
  fetch: Fetch
  hosts: PushHosts
  firebase: Backend['firebase']
  /** ms since the epoch. */
  now: () => number
  signal: AbortSignal
}

/** Throws PushServiceError. */
export async function register(services: Services, device: Device): Promise<Registration> {
  const keys = newKeys()
  const gcmToken = await registerDevice(services, device)
  const installation = await install(services)
  const token = await confirm(services, installation, { keys, gcmToken })
  return { keys, gcmToken, installation, token, confirmedAt: services.now() }
}

/** Confirms a registration, so that the services keep it. Throws PushServiceError, `refused` also if they do not know it any more. */
export async function renew(services: Services, registration: Registration): Promise<Registration> {
  const installation = await fresh(services, registration.installation)
  const token = await confirm(services, installation, registration)
  return { ...registration, installation, token, confirmedAt: services.now() }
}

/** Ends a registration: FCM then reports its token as dead. Throws PushServiceError. */
export async function unregister(services: Services, registration: Registration): Promise<void> {
  const { authToken } = await fresh(services, registration.installation)
  await firebaseRequest(services, 'unregister', {
    method: 'DELETE',
    url: `${services.hosts.registrations}/${encodeURIComponent(registration.token)}`,
    headers: { 'x-goog-firebase-installations-auth': `FIS ${authToken}` },
  })
}

function newKeys(): PushKeys {
  const pair = createECDH('prime256v1')
  const publicKey = pair.generateKeys('base64url')
  return {
    privateKey: pair.getPrivateKey('base64url'),
    publicKey,
    authSecret: randomBytes(16).toString('base64url'),
  }
}

async function registerDevice(services: Services, { androidId, securityToken }: Device): Promise<string> {
  const { fetch, hosts, firebase, signal } = services
  const form = new URLSearchParams({
    // Chrome's name, on every system.
    app: 'org.chromium.linux',
    'X-subtype': `wp:chat.perch.desktop#${randomUUID()}`,
    device: androidId,
    sender: firebase.vapidKey ?? SHARED_VAPID_KEY,
  })
  const response = await request(fetch, 'register3', hosts.register, {
    method: 'POST',
    headers: {
      authorization: `AidLogin ${androidId}:${securityToken}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: form.toString(),
    signal,
    // The request names no project, only the device.
    refusal: 'forgotten',
  })
  const fields = new URLSearchParams(response.toString())
  const token = secret.safeParse(fields.get('token'))
  if (token.success) return token.data
  const error = /^[A-Z_]{1,40}$/.exec(fields.get('Error') ?? '')?.[0] ?? 'no token'
  throw new PushServiceError(REGISTER_ERRORS[error] ?? 'transient', `register3: ${error}`)
}

const authTokenSchema = z.object({ token: secret, expiresIn: z.string().regex(/^\d{1,9}s$/) })
const installedSchema = z.object({ fid: base64url, refreshToken: secret, authToken: authTokenSchema })

async function install(services: Services): Promise<Installation> {
  const answer = await firebaseRequest(services, 'installation', {
    method: 'POST',
    url: services.hosts.installations,
    body: { fid: newFid(), authVersion: 'FIS_v2', appId: services.firebase.appId, sdkVersion: SDK_VERSION },
  })
  const { fid, refreshToken, authToken } = parse('installation', installedSchema, answer)
  return { fid, refreshToken, ...timed(services, authToken) }
}

/** The installation with an auth token that lasts for the next requests. */
async function fresh(services: Services, installation: Installation): Promise<Installation> {
  const margin = 3_600_000
  if (installation.expiresAt > services.now() + margin) return installation
  const { fid, refreshToken } = installation
  const answer = await firebaseRequest(services, 'auth token', {
    method: 'POST',
    url: `${services.hosts.installations}/${encodeURIComponent(fid)}/authTokens:generate`,
    headers: { authorization: `FIS_v2 ${refreshToken}` },
    body: { installation: { appId: services.firebase.appId, sdkVersion: SDK_VERSION } },
  })
  return { fid, refreshToken, ...timed(services, parse('auth token', authTokenSchema, answer)) }
}

function timed(
  { now }: Services,
  { token, expiresIn }: z.infer<typeof authTokenSchema>,
): Pick<Installation, 'authToken' | 'expiresAt'> {
  return { authToken: token, expiresAt: now() + Number.parseInt(expiresIn, 10) * 1000 }
}

/** Registers keys and address with FCM, or confirms the token that they have. Returns the token. */
async function confirm(
  services: Services,
  installation: Installation,
  { keys, gcmToken, token }: Pick<Registration, 'keys' | 'gcmToken'> & { token?: string },
): Promise<string> {
  const { hosts, firebase } = services
  const answer = await firebaseRequest(services, 'registration', {
    ...(token === undefined
      ? { method: 'POST', url: hosts.registrations }
      : { method: 'PATCH', url: `${hosts.registrations}/${encodeURIComponent(token)}` }),
    headers: { 'x-goog-firebase-installations-auth': `FIS ${installation.authToken}` },
    body: {
      web: {
        endpoint: `https://fcm.googleapis.com/fcm/send/${gcmToken}`,
        p256dh: keys.publicKey,
        auth: keys.authSecret,
        // FCM refuses the shared key here.
        ...(firebase.vapidKey !== undefined && { applicationPubKey: firebase.vapidKey }),
      },
    },
  })
  return parse('registration', z.object({ token: secret }), answer).token
}

/** 22 characters: four bits that mark it as an id of an installation, the rest is random. */
function newFid(): string {
  const random = randomBytes(17)
  random.writeUInt8(0b0111_0000 | (random.readUInt8(0) & 0b1111), 0)
  return random.toString('base64url').slice(0, 22)
}

interface FirebaseRequest {
  method: string
  url: string
  headers?: Record<string, string>
  body?: object
}

async function firebaseRequest(
  { fetch, firebase, signal }: Services,
  step: string,
  { method, url, headers, body }: FirebaseRequest,
): Promise<string> {
  const response = await request(fetch, step, url, {
    method,
    headers: { 'content-type': 'application/json', 'x-goog-api-key': firebase.apiKey, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal,
  })
  return response.toString()
}

function parse<T>(step: string, schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json))
  } catch {
    throw new PushServiceError('transient', `${step}: unexpected response`)
  }
}
