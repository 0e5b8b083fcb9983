import { expect, it } from 'vitest'
import { messageIdSchema } from '../domain/ids.ts'
import { compareMessages, type Position } from './envelope.ts'

const position = (id: string, sentAt: number | null, seq = 0): Position => ({
  id: messageIdSchema.parse(id.padEnd(16, '-')),
  sentAt,
  seq,
})

it('sorts by server time, then by the sender’s sequence number, then by id; unsent messages come last', () => {
  const inOrder = [
    position('b', 1),
    position('a', 2, 0),
    position('a', 2, 1),
    position('b', 2, 1),
    position('a', null),
  ]
  expect(inOrder.toReversed().toSorted(compareMessages)).toEqual(inOrder)
})
