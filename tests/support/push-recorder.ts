import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import type { PushService } from '../../scripts/lib/backend.ts'

/** A message in the form of FCM v1, as the functions send it. */
const sentSchema = z.strictObject({
  token: z.string(),
  data: z.record(z.string(), z.string()),
  webpush: z.strictObject({ headers: z.record(z.string(), z.string()) }),
})
export type SentPush = z.infer<typeof sentSchema>

const requestSchema = z.strictObject({ message: sentSchema })

/**
 * Takes the pushes of the functions like FCM, and delivers none. `GET /sent` returns them. Tokens that start with `dead` are unknown to it, for
 * those that start with `broken` it fails.
 */
export async function startPushRecorder(): Promise<PushService> {
  const sent: SentPush[] = []
  const answer = async (
    url: string,
    body: () => Promise<unknown>,
  ): Promise<{ status: number; body: unknown }> => {
    if (url === '/sent') return { status: 200, body: sent }
    if (url !== '/v1/projects/demo-perch/messages:send') return { status: 404, body: {} }
    const { message } = requestSchema.parse(await body())
    if (message.token.startsWith('broken')) return { status: 500, body: { error: { code: 500 } } }
    if (message.token.startsWith('dead')) {
      const details = [
        { '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode: 'UNREGISTERED' },
      ]
      return { status: 404, body: { error: { code: 404, status: 'NOT_FOUND', details } } }
    }
    sent.push(message)
    return { status: 200, body: { name: `projects/demo-perch/messages/${sent.length}` } }
  }
  const server = createServer((request, response) => {
    void answer(request.url ?? '', () => json(request))
      .catch((error: unknown) => ({ status: 400, body: { error: { message: String(error) } } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The recorder has no port.')
  return {
    fcmPort: address.port,
    // Nothing is delivered.
    mcsPort: 9,
    ca: '-----BEGIN CERTIFICATE-----',
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Returns what the recorder on this port has taken for a token, oldest first. */
export async function pushesFor(port: number, token: string): Promise<SentPush[]> {
  const response = await fetch(`http://127.0.0.1:${port}/sent`)
  const sent = z.array(sentSchema).parse(await response.json())
  return sent.filter((one) => one.token === token)
}
