import type { Auth } from 'firebase/auth'
import { deleteDoc, doc, serverTimestamp, setDoc, type DocumentReference } from 'firebase/firestore'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import {
  functionUrl,
  testPushResultSchema,
  type DeviceId,
  type PushDevice,
  type TestPush,
  type TestPushResult,
} from '#shared/functions.ts'
import type { Lane } from './lanes.ts'
import type { WireContext } from './reading.ts'
import { accepted, failureOf, WireError, withTimeout } from './wire-error.ts'

/** What a callable function returns: a result, or a status such as `NOT_FOUND`. */
const resultSchema = z.object({ result: testPushResultSchema })
const refusalSchema = z.object({ error: z.object({ status: z.string() }) })

/** The devices of the signed-in person that get pushes (`users/{uid}/devices`). */
export class DevicesRepository {
  readonly #auth: Auth
  readonly #backend: Backend
  readonly #lane: Lane
  readonly #me: UserId
  readonly #context: WireContext

  constructor(options: { auth: Auth; backend: Backend; lane: Lane; me: UserId; context: WireContext }) {
    this.#auth = options.auth
    this.#backend = options.backend
    this.#lane = options.lane
    this.#me = options.me
    this.#context = options.context
  }

  /** Registers a device, or renews it. One that is not renewed for 60 days is removed. */
  async write(deviceId: DeviceId, { token, platform }: PushDevice): Promise<void> {
    const reference = await this.#reference(deviceId)
    this.#context.operations.wrote(reference.path)
    await accepted(() => setDoc(reference, { token, platform, updatedAt: serverTimestamp() }))
  }

  /** Ends the pushes to a device. */
  async remove(deviceId: DeviceId): Promise<void> {
    const reference = await this.#reference(deviceId)
    this.#context.operations.wrote(reference.path)
    await accepted(() => deleteDoc(reference))
  }

  /**
   * Asks the server for a push to an own device. Resolves when the push service has taken it or not. Rejects with a WireError:
   * `denied` when there is no such device; `offline` also when the last test was a moment ago.
   */
  async test(test: TestPush): Promise<TestPushResult> {
    return withTimeout(this.#test(test))
  }

  async #test(test: TestPush): Promise<TestPushResult> {
    const url = functionUrl(this.#backend, 'testPush')
    const token = await this.#auth.currentUser?.getIdToken()
    if (url === null || token === undefined) throw new WireError('offline')
    const answer = await this.#post(url, token, { data: test })
    const refusal = refusalSchema.safeParse(answer).data
    if (refusal !== undefined) {
      throw new WireError(failureOf(refusal.error.status.toLowerCase().replaceAll('_', '-')))
    }
    const result = resultSchema.safeParse(answer).data
    if (result === undefined) throw new WireError('unexpected')
    return result.result
  }

  async #post(url: string, token: string, body: object): Promise<unknown> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      return await response.json()
    } catch (cause) {
      throw new WireError('offline', { cause })
    }
  }

  async #reference(deviceId: DeviceId): Promise<DocumentReference> {
    return doc(await this.#lane.db(), 'users', this.#me, 'devices', deviceId)
  }
}
