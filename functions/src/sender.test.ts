import { describe, expect, it } from 'vitest'
import { userIdSchema } from '../../src/shared/domain/ids.ts'
import { fcmSender } from './fcm-sender.ts'
import { sendAll, type PushMessage } from './sender.ts'

const account = userIdSchema.parse('ada')
const messages = (count: number): PushMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    token: `t${index}`,
    push: { type: 'test', account, nonce: 'n' },
    urgency: 'high',
  }))

describe('sendAll', () => {
  it('sends batches of 500, and a batch that fails does not stop the others', async () => {
    const sizes: number[] = []
    const outcomes = await sendAll(
      {
        send: (batch) => {
          sizes.push(batch.length)
          return sizes.length === 2
            ? Promise.reject(new Error('busy'))
            : Promise.resolve(batch.map(() => 'sent'))
        },
      },
      messages(1001),
    )
    expect(sizes).toEqual([500, 500, 1])
    expect(outcomes.map((outcome) => outcome === 'failed')).toEqual(
      Array.from({ length: 1001 }, (_, index) => index >= 500 && index < 1000),
    )
  })
})

describe('fcmSender', () => {
  it('tells dead tokens from other failures', async () => {
    const codes = [
      '',
      'messaging/registration-token-not-registered',
      'messaging/invalid-registration-token',
      'messaging/internal-error',
    ]
    const sender = fcmSender({
      sendEach: (sent) => {
        expect(sent[0]).toEqual({
          token: 't0',
          data: { type: 'test', account: 'ada', nonce: 'n' },
          webpush: { headers: { TTL: '86400', Urgency: 'high' } },
        })
        const responses = codes.map((code) =>
          code === '' ? { success: true } : { success: false, error: { code } },
        )
        return Promise.resolve({ responses })
      },
    })
    expect(await sender.send(messages(4))).toEqual(['sent', 'dead', 'dead', 'failed'])
  })
})
