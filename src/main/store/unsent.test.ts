import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chatId, startReplica, wireChat, type Harness } from './fixtures/harness.ts'

let harness: Harness

beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

const isUnsent = (): boolean => harness.call('unsent.any', undefined)

it('tells of a draft until it is gone', () => {
  expect(isUnsent()).toBe(false)
  harness.call('replica.setDraft', { chatId, text: 'half' })
  expect(isUnsent()).toBe(true)
  harness.call('replica.setDraft', { chatId, text: '' })
  expect(isUnsent()).toBe(false)
})

it('tells of a recording', () => {
  harness.call('voice.append', { chatId, part: 0, bytes: new Uint8Array([1]), levels: '1' })
  expect(isUnsent()).toBe(true)
})
