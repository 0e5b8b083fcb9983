import { expect, it } from 'vitest'
import { chatId } from '#shared/domain/test-data.ts'
import { newObjectId, sha256Schema, type ObjectId } from '#shared/messages/attachment.ts'
import { totalOf, type ListedTransfer, type Transfer } from './transfers.ts'

const listedOf = (object: ObjectId): [ObjectId, ListedTransfer] => [
  object,
  {
    direction: 'up',
    chatId,
    file: { object, sha256: sha256Schema.parse('a'.repeat(64)), size: 100, mime: 'image/png' },
  },
]

it('adds up what moves and waits, without what has failed', () => {
  const [a, b, c] = [newObjectId(), newObjectId(), newObjectId()]
  const listed = new Map([a, b, c].map(listedOf))
  const states = new Map<ObjectId, Transfer>([
    [a, { state: 'running', done: 50, size: 100 }],
    [c, { state: 'failed', failure: 'offline' }],
  ])
  expect(totalOf(listed, states)).toEqual({ share: 0.25, count: 2, failed: 1 })
  expect(totalOf(listed, new Map())).toEqual({ share: null, count: 3, failed: 0 })
  expect(totalOf(new Map(), states)).toBeNull()
})
