import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageBody } from '#shared/messages/body.ts'
import { voice } from '#shared/messages/kinds/voice.ts'
import {
  applyMessages,
  chatId,
  idOf,
  me,
  newestMessages,
  otherChatId,
  peer,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

let harness: Harness

beforeEach(() => {
  harness = startReplica()
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
})
afterEach(() => {
  harness.replica.close()
  rmSync(harness.directory, { recursive: true })
})

describe('a recording', () => {
  const append = (part: number, bytes: number[], levels: string): void => {
    harness.call('voice.append', { chatId, part, bytes: new Uint8Array(bytes), levels })
  }
  const read = (): number[] => [...harness.call('voice.read', { chatId })]

  it('is stored in parts, and is there after the process was killed', () => {
    append(0, [1, 2], '1a')
    append(1, [3], 'f')
    append(2, [], '')
    const again = startReplica(harness.directory)
    expect(again.call('voice.recordings', undefined)).toEqual([{ chatId, levels: '1af' }])
    expect([...again.call('voice.read', { chatId })]).toEqual([1, 2, 3])
    again.replica.close()
  })

  it('has each part once and in order, even when it was written twice', () => {
    for (let part = 0; part < 12; part += 1) append(part, [part], part.toString(16).slice(-1))
    append(11, [11], 'b')
    expect(read()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(harness.call('voice.recordings', undefined)).toEqual([{ chatId, levels: '0123456789ab' }])
  })

  it('replaces the one before', () => {
    append(0, [1], '1')
    append(1, [2], '2')
    append(0, [3], '3')
    expect(read()).toEqual([3])
  })

  it('is gone once it is removed', () => {
    append(0, [1], '1')
    harness.call('voice.remove', { chatId })
    expect(read()).toEqual([])
    expect(harness.call('voice.recordings', undefined)).toEqual([])
  })

  it('without a sound is not offered', () => {
    append(0, [], '')
    expect(harness.call('voice.recordings', undefined)).toEqual([])
  })

  it('is refused for a chat that the replica does not have', () => {
    const part = { chatId: otherChatId, part: 0, bytes: new Uint8Array([1]), levels: '' }
    expect(() => harness.call('voice.append', part)).toThrow(/chat/u)
  })
})

describe('the voice notes that were not heard', () => {
  const note = (n: number): MessageBody => {
    const file = { object: '0'.repeat(32), size: 1, sha256: 'a'.repeat(64), mime: 'audio/webm', enc: null }
    return voice.reader.parse({ kind: 'voice', file, duration: n, wave: '0'.repeat(48) })
  }
  const nextAfter = (n: number): string | undefined =>
    harness.call('voice.nextUnheard', { chatId, id: idOf(n) })?.id

  beforeEach(() => {
    applyMessages(harness, [
      wireMessage(1, { body: note(1) }),
      wireMessage(2),
      wireMessage(3, { body: note(3), senderId: me }),
      wireMessage(4, { body: note(4), deletedAt: 5000 }),
      wireMessage(5, { body: note(5) }),
      wireMessage(6, { body: note(6) }),
    ])
    harness.takeChanges()
  })

  it('follow each other, without texts, own, deleted and heard ones', () => {
    expect(nextAfter(1)).toBe(idOf(5))
    harness.call('voice.markHeard', { chatId, id: idOf(5) })
    expect(nextAfter(1)).toBe(idOf(6))
    expect(nextAfter(6)).toBeUndefined()
    expect(harness.call('voice.nextUnheard', { chatId, id: idOf(99) })).toBeNull()
  })

  it('are announced when they have been heard, once', () => {
    harness.call('voice.markHeard', { chatId, id: idOf(1) })
    expect(harness.takeChanges().map(({ messages }) => messages)).toMatchObject([
      [{ id: idOf(1), heard: true }],
    ])
    harness.call('voice.markHeard', { chatId, id: idOf(1) })
    harness.call('voice.markHeard', { chatId, id: idOf(3) })
    expect(harness.takeChanges()).toEqual([])
  })

  it('stay heard when the message changes', () => {
    harness.call('voice.markHeard', { chatId, id: idOf(1) })
    applyMessages(harness, [wireMessage(1, { body: note(1), updatedAt: 9000, senderId: peer })])
    expect(newestMessages(harness)[0]?.heard).toBe(true)
  })
})
