import type { Push } from '../../src/shared/push.ts'

/** One push for one device. Only ids are in it, never texts or names. */
export interface PushMessage {
  token: string
  push: Push
  /** High: the push service wakes a device that saves energy. */
  urgency: 'high' | 'normal'
}

/** `dead`: the token will never work again. `failed`: not sent, for another reason. */
export type Outcome = 'sent' | 'dead' | 'failed'

/** Hands pushes to the push service. The outcomes have the order of the messages. Never rejects because of one message. */
export interface PushSender {
  send(messages: readonly PushMessage[]): Promise<Outcome[]>
}

/** Most messages that FCM takes at once. */
export const BATCH_SIZE = 500
/** How long (s) FCM keeps a push for a device that is offline. A device that comes back later syncs anyway. */
const LIFETIME_S = 24 * 3600

/** A message in the form that both FCM v1 and firebase-admin take. */
export function toFcm({ token, push, urgency }: PushMessage): {
  token: string
  data: Record<string, string>
  webpush: { headers: Record<string, string> }
} {
  return { token, data: { ...push }, webpush: { headers: { TTL: String(LIFETIME_S), Urgency: urgency } } }
}

/** Sends any number of messages, one batch after the other. A batch that fails as a whole does not stop the others. */
export async function sendAll(sender: PushSender, messages: readonly PushMessage[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let start = 0; start < messages.length; start += BATCH_SIZE) {
    const batch = messages.slice(start, start + BATCH_SIZE)
    const sent = await sender.send(batch).catch((): Outcome[] => [])
    outcomes.push(...batch.map((_, index) => sent[index] ?? 'failed'))
  }
  return outcomes
}
