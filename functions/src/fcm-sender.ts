import type { Messaging } from 'firebase-admin/messaging'
import { toFcm, type Outcome, type PushSender } from './sender.ts'

/** FCM's answer for a token that will never work again. */
const UNREGISTERED = 'messaging/registration-token-not-registered'

/** Sends through Google's FCM. */
export function fcmSender(messaging: Pick<Messaging, 'sendEach'>): PushSender {
  return {
    async send(messages) {
      const { responses } = await messaging.sendEach(messages.map(toFcm))
      return responses.map(({ success, error }): Outcome => {
        if (success) return 'sent'
        return error?.code === UNREGISTERED ? 'dead' : 'failed'
      })
    },
  }
}
