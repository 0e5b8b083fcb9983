import { describe, expect, it } from 'vitest'
import { chatId, me, messageId } from './domain/test-data.ts'
import { pushSchema } from './push.ts'

const message = { type: 'message', account: me, chatId, messageId: messageId(1), mentioned: '1' }

describe('a push', () => {
  it('has ids only, and leaves out keys of later versions', () => {
    const added = { type: 'added', account: me, chatId, messageId: messageId(1) }
    const test = { type: 'test', account: me, nonce: 'abc_-1' }
    for (const push of [message, added, test]) expect(pushSchema.parse({ ...push, text: 'x' })).toEqual(push)
  })

  it('is refused when anything is missing or of another form', () => {
    for (const change of [
      { type: 'later' },
      { account: '../x' },
      { chatId: '' },
      { messageId: 'short' },
      { mentioned: 1 },
      { mentioned: undefined },
    ])
      expect(pushSchema.safeParse({ ...message, ...change }).success).toBe(false)
    for (const nonce of ['', 'a b', 'x'.repeat(65)])
      expect(pushSchema.safeParse({ type: 'test', account: me, nonce }).success).toBe(false)
    for (const value of [null, [], 'message']) expect(pushSchema.safeParse(value).success).toBe(false)
  })
})
