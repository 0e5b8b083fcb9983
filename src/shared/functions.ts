import { z } from 'zod'
import type { Backend } from './backend.ts'

/** The region of all Cloud Functions. */
export const FUNCTIONS_REGION = 'us-central1'

/** Where the page reaches the functions. Null: the project has no push, so nothing calls them. */
export function functionsOrigin({ firebase, emulator }: Backend): string | null {
  if (firebase.messagingSenderId === undefined) return null
  if (emulator === null) return `https://${FUNCTIONS_REGION}-${firebase.projectId}.cloudfunctions.net`
  return emulator.push === undefined ? null : `http://${emulator.host}:${String(emulator.push.functionsPort)}`
}

/** The address of a function that the page calls. */
export function functionUrl(backend: Backend, name: 'testPush'): string | null {
  const origin = functionsOrigin(backend)
  if (origin === null) return null
  const { emulator, firebase } = backend
  return emulator === null
    ? `${origin}/${name}`
    : `${origin}/${firebase.projectId}/${FUNCTIONS_REGION}/${name}`
}

export const platformSchema = z.enum(['win32', 'darwin', 'linux'])

/** An installation of the app: 32 hexadecimal digits, and the id of its document `users/{uid}/devices/{deviceId}`. */
export const deviceIdSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'DeviceId'>()
export type DeviceId = z.infer<typeof deviceIdSchema>

/** What `users/{uid}/devices/{deviceId}` says beside when it was written. */
export interface PushDevice {
  /** Of FCM. A secret. */
  token: string
  platform: z.infer<typeof platformSchema>
}

/** Identifies one self-test. It comes back in the push. */
export const nonceSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** What the function `testPush` gets. */
export const testPushSchema = z.object({ deviceId: deviceIdSchema, nonce: nonceSchema })
export type TestPush = z.infer<typeof testPushSchema>

/** What the function `testPush` returns. `dead`: the token of the device no longer works. `failed`: the push service did not take it. */
export const testPushResultSchema = z.object({ outcome: z.enum(['sent', 'dead', 'failed']) })
export type TestPushResult = z.infer<typeof testPushResultSchema>
