import type { UserId } from '../../src/shared/domain/ids.ts'
import { testPushSchema, type TestPushResult } from '../../src/shared/functions.ts'
import type { PushTools } from './message-created.ts'

/** Each person can test once in this time (ms). */
const INTERVAL_MS = 5000

/** Why a test is refused, as a status of callable functions. */
export type TestRefusal = 'invalid-argument' | 'not-found' | 'resource-exhausted'

/** Sends a push to the caller's own device, so that it can measure whether and how fast pushes arrive. */
export async function pushTest(
  { database, sender, now }: PushTools,
  userId: UserId,
  argument: unknown,
): Promise<TestPushResult | { refusal: TestRefusal }> {
  const test = testPushSchema.safeParse(argument).data
  if (test === undefined) return { refusal: 'invalid-argument' }
  const slot = Math.floor(now() / INTERVAL_MS)
  if (!(await database.claim(`test:${userId}:${String(slot)}`, now())))
    return { refusal: 'resource-exhausted' }
  const device = await database.device(userId, test.deviceId)
  if (device === undefined) return { refusal: 'not-found' }
  const push = { type: 'test', account: userId, nonce: test.nonce } as const
  const [outcome = 'failed'] = await sender.send([{ token: device.token, push, urgency: 'high' }])
  if (outcome === 'dead') await database.remove(device)
  return { outcome }
}
