import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareMessages, positionOf, type Message, type WireMessage } from '#shared/messages/envelope.ts'
import {
  applyMessages,
  chatId,
  chatSync,
  idOf,
  me,
  newestMessages,
  peer,
  queuedMessage,
  startReplica,
  temporaryDirectory,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'

let directory: string
let harness: Harness | undefined

beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(() => {
  harness?.replica.close()
  harness = undefined
  rmSync(directory, { recursive: true })
})

/** Starts an empty replica with one chat, without messages. */
function startEmpty(): Harness {
  if (harness === undefined) harness = startReplica(directory)
  else {
    harness.replica.erase(me)
    harness.replica.open(me)
  }
  harness.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
  return harness
}

/** Starts an empty replica with one chat whose history is complete. */
function startComplete(): Harness {
  const replica = startEmpty()
  applyMessages(replica, [], { historyComplete: true })
  return replica
}

/** The messages of the chat on the wire: the first and the last state of each one. */
const wireStates = fc
  .array(
    fc.record({
      own: fc.boolean(),
      at: fc.integer({ min: 1, max: 20 }),
      deleted: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((messages) =>
    messages
      .toSorted((a, b) => a.at - b.at)
      .map(({ own, at, deleted }, index) => {
        const first = wireMessage(index, {
          senderId: own ? me : peer,
          sentAt: at * 1000,
          updatedAt: at * 1000,
        })
        const last = deleted ? { ...first, body: null, deletedAt: 50_000, updatedAt: 50_000 } : first
        return { first, last }
      }),
  )

type Action = (replica: Harness) => void

function acknowledgeAction(message: WireMessage, outcome: 'done' | 'failed'): Action {
  return (replica) => {
    const intent = replica.call('outbox.pending', undefined).find(({ key }) => key === message.id)
    if (intent === undefined) return
    const { kind, key, version } = intent
    replica.call('outbox.acknowledge', { kind, key, version, outcome, failure: null })
  }
}

function actionsFor(messages: { first: WireMessage; last: WireMessage }[]): Action[] {
  const chat = wireChat({ messageCount: messages.length, updatedAt: 60_000 })
  const each = messages.flatMap(({ first, last }, index): Action[] => {
    const arrival: Action[] = [
      (replica) => applyMessages(replica, [first]),
      (replica) => applyMessages(replica, [last]),
      (replica) => {
        replica.call('replica.markRead', { chatId, readCount: index, readAt: first.sentAt })
      },
    ]
    if (first.senderId !== me) return arrival
    return [
      ...arrival,
      (replica) => {
        replica.call('replica.send', queuedMessage(first.seq))
      },
      acknowledgeAction(first, 'done'),
      acknowledgeAction(first, 'failed'),
      (replica) => {
        replica.call('outbox.retry', { messageId: first.id })
      },
    ]
  })
  return [
    ...each,
    (replica) => applyMessages(replica, messages.map(({ first }) => first).toReversed()),
    (replica) => {
      replica.apply({ collection: 'chats', items: [chat], cursor: 60_000 })
    },
  ]
}

function finalState(replica: Harness, messages: { last: WireMessage }[]): unknown {
  applyMessages(
    replica,
    messages.map(({ last }) => last),
  )
  // An own message marks as read what was stored when it was written, so the read mark depends on the order of the actions. Marking
  // everything as read removes this difference.
  const readAt = Math.max(...messages.map(({ last }) => last.sentAt))
  replica.call('replica.markRead', { chatId, readCount: messages.length, readAt })
  return {
    chats: replica.call('replica.chats', undefined),
    messages: newestMessages(replica),
    activities: replica.call('replica.activities', undefined),
    found: replica
      .call('replica.search', { text: 'text', chatId, limit: 50 })
      .map(({ id }) => id)
      .toSorted(),
    unsent: replica.call('outbox.pending', undefined).filter(({ kind }) => kind === 'send'),
    sync: chatSync(replica),
  }
}

describe('the replica', { timeout: 120_000 }, () => {
  it('reaches the same state in any order of actions, with any repetitions', () => {
    const story = wireStates.chain((messages) => {
      const actions = actionsFor(messages)
      const order = fc.array(fc.nat(actions.length - 1), { maxLength: 60 })
      return fc.record({
        messages: fc.constant(messages),
        actions: fc.constant(actions),
        one: order,
        two: order,
      })
    })
    fc.assert(
      fc.property(story, ({ messages, actions, one, two }) => {
        const run = (order: number[]): unknown => {
          const replica = startComplete()
          // Some actions in a random order, with repetitions. Then each action once.
          for (const index of order) actions[index]?.(replica)
          for (const action of actions) action(replica)
          return finalState(replica, messages)
        }
        const first = run(one)
        expect(run(two)).toEqual(first)
        expect(first).toMatchObject({
          unsent: [],
          messages: messages.map(({ last: { id, deletedAt } }) => ({ id, deletedAt, delivery: 'sent' })),
          sync: { syncedCount: messages.length },
        })
      }),
      { numRuns: 40 },
    )
  })

  it('counts every message once, even when batches overlap', () => {
    const story = fc.record({
      // `before`: messages that exist at the first read. `shown`: messages in the page of that read. `since`: messages sent later.
      before: fc.integer({ min: 1, max: 8 }),
      shown: fc.integer({ min: 1, max: 8 }),
      since: fc.nat(8),
      steps: fc.array(
        fc.oneof(
          fc.record({ kind: fc.constant('live' as const), from: fc.nat(16), size: fc.nat(6) }),
          fc.record({ kind: fc.constant('deleted' as const), n: fc.nat(15) }),
          fc.record({ kind: fc.constant('page' as const), size: fc.integer({ min: 1, max: 4 }) }),
        ),
        { maxLength: 20 },
      ),
    })
    fc.assert(
      fc.property(story, ({ before, shown, since, steps }) => {
        const replica = startEmpty()
        const total = before + since
        const messages = Array.from({ length: total }, (_, n) => wireMessage(n))
        let oldest = Math.max(0, before - shown)
        const page = messages.slice(oldest, before)
        const first = { historyComplete: oldest === 0, syncedCount: before }
        applyMessages(replica, page, { source: 'history', ...first })
        const applyLive = (batch: WireMessage[]): void => {
          applyMessages(replica, batch)
          const { syncedCount } = chatSync(replica)
          expect(syncedCount).toBe(oldest + newestMessages(replica).length)
        }
        for (const step of steps) {
          if (step.kind === 'live') {
            applyLive(messages.slice(step.from, step.from + step.size))
          } else if (step.kind === 'deleted') {
            const message = messages[step.n]
            if (message === undefined) continue
            const deleted = { ...message, body: null, deletedAt: 50_000, updatedAt: 50_000 }
            messages[step.n] = deleted
            applyLive([deleted])
          } else {
            const older = Math.max(0, oldest - step.size)
            const next = messages.slice(older, oldest + 1)
            oldest = older
            applyMessages(replica, next, { source: 'history', historyComplete: older === 0 })
          }
        }
        applyLive(messages)
        expect(chatSync(replica).syncedCount).toBe(total)
      }),
      { numRuns: 100 },
    )
  })

  it('returns every message once, in order, page by page', () => {
    const messages = fc.uniqueArray(
      fc.record({
        n: fc.nat(500),
        seq: fc.nat(3),
        at: fc.option(fc.nat(5), { nil: null }),
      }),
      { selector: ({ n }) => n, maxLength: 60 },
    )
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 7 }), (places, limit) => {
        const replica = startComplete()
        for (const { n, seq, at } of places) {
          if (at === null) replica.call('replica.send', queuedMessage(n, { seq }))
          else applyMessages(replica, [wireMessage(n, { seq, sentAt: at })])
        }
        const read: Message[] = []
        for (;;) {
          const before = read[0] ? positionOf(read[0]) : null
          const page = replica.call('replica.messages', { chatId, before, limit })
          read.unshift(...page)
          if (page.length < limit) break
        }
        expect(read).toEqual(read.toSorted(compareMessages))
        expect(new Set(read.map(({ id }) => id))).toEqual(new Set(places.map(({ n }) => idOf(n))))
        expect(read).toHaveLength(places.length)
      }),
      { numRuns: 50 },
    )
  })
})
