import { z } from 'zod'
import { toFcm, type Outcome, type PushMessage, type PushSender } from './sender.ts'

const failureSchema = z.object({
  error: z.object({ details: z.array(z.object({ errorCode: z.string().optional() }).loose()).default([]) }),
})

export interface HttpSenderOptions {
  /** Without a slash at its end. */
  origin: string
  projectId: string
  accessToken: string
}

/** Sends by the HTTP API v1 of FCM, as the FCM emulator of the local backend and Google offer it. */
export function httpSender({ origin, projectId, accessToken }: HttpSenderOptions): PushSender {
  const url = `${origin}/v1/projects/${projectId}/messages:send`
  const sendOne = async (message: PushMessage): Promise<Outcome> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
      body: JSON.stringify({ message: toFcm(message) }),
    })
    if (response.ok) return 'sent'
    const failure = failureSchema.safeParse(await response.json()).data
    const isDead = failure?.error.details.some(({ errorCode }) => errorCode === 'UNREGISTERED') ?? false
    return isDead ? 'dead' : 'failed'
  }
  return {
    send: (messages) =>
      Promise.all(messages.map((message) => sendOne(message).catch((): Outcome => 'failed'))),
  }
}
