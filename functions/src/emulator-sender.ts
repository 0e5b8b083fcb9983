import { z } from 'zod'
import { toFcm, type Outcome, type PushMessage, type PushSender } from './sender.ts'

const failureSchema = z.object({
  error: z.object({ details: z.array(z.object({ errorCode: z.string().optional() }).loose()).default([]) }),
})

/** Sends to the FCM emulator of the local backend, in the form of Google's HTTP API v1. `host`: with its port. */
export function emulatorSender(host: string, projectId: string): PushSender {
  const url = `http://${host}/v1/projects/${projectId}/messages:send`
  const sendOne = async (message: PushMessage): Promise<Outcome> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer owner' },
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
