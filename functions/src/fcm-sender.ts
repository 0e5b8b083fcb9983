import { toFcm, type Outcome, type PushSender } from './sender.ts'

/** The part of firebase-admin's messaging that is used. */
interface Fcm {
  sendEach(messages: ReturnType<typeof toFcm>[]): Promise<{ responses: FcmResponse[] }>
}
interface FcmResponse {
  success: boolean
  error?: { code: string }
}

/** The errors of FCM for a token that does not work any more, or never did. */
const DEAD: readonly unknown[] = [
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
]

/** Sends through Google's FCM. */
export function fcmSender(fcm: Fcm): PushSender {
  return {
    async send(messages) {
      const { responses } = await fcm.sendEach(messages.map(toFcm))
      return responses.map(({ success, error }): Outcome => {
        if (success) return 'sent'
        return DEAD.includes(error?.code) ? 'dead' : 'failed'
      })
    },
  }
}
