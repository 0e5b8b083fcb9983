import { toFcm, type Outcome, type PushSender } from './sender.ts'

/** The part of firebase-admin's messaging that is used. */
interface Fcm {
  sendEach(messages: ReturnType<typeof toFcm>[]): Promise<{ responses: FcmResponse[] }>
}
interface FcmResponse {
  success: boolean
  error?: { code: string }
}

/** FCM's answer for a token that will never work again. */
const UNREGISTERED = 'messaging/registration-token-not-registered'

/** Sends through Google's FCM. */
export function fcmSender(fcm: Fcm): PushSender {
  return {
    async send(messages) {
      const { responses } = await fcm.sendEach(messages.map(toFcm))
      return responses.map(({ success, error }): Outcome => {
        if (success) return 'sent'
        return error?.code === UNREGISTERED ? 'dead' : 'failed'
      })
    },
  }
}
