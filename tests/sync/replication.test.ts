import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { toBatch } from '#shared/collections/index.ts'
import type { WireChat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { compareMessages, type WireMessage } from '#shared/messages/envelope.ts'
import {
  chatSync,
  me,
  newestMessages,
  peer,
  startReplica,
  wireChat,
  wireMessage,
  type Harness,
} from '../../src/main/store/fixtures/harness.ts'
import { WireError } from '../../src/renderer/data/wire-error.ts'
import { MessageSync, type MessageSyncOptions } from '../../src/renderer/services/sync/message-sync.ts'

/*
 * Compares replicas of one chat with a model of the server, without Firestore. In any order there are writes, snapshots that are
 * lost, late or old, reads that fail, and clients that restart. In the end every replica has what the server has.
 */

/** A page of history in the model is small, so that a new replica holds only the newest messages. */
const PAGE = 4
/** A late write becomes visible this many ms after its time. Less than the 10 s by which reads start before their cursor. */
const LATE_MS = 4500

class Server {
  readonly messages = new Map<string, WireMessage>()
  /** Every state that the chat's document has had, oldest first. */
  readonly states: WireChat[] = []
  #now = 1_000_000

  send(senderId: UserId, isLate: boolean): void {
    const at = this.#time(isLate ? LATE_MS : 0)
    const seq = this.messages.size + 1
    this.#commit(wireMessage(seq, { senderId, sentAt: at, updatedAt: at }), true)
  }

  /** Edits (or deletes) the n-th message. Its `updatedAt` grows in any case, as the rules demand. */
  change(n: number, isDeletion: boolean, isLate: boolean): void {
    const before = [...this.messages.values()][n % Math.max(1, this.messages.size)]
    if (before === undefined || before.deletedAt !== null) return
    const at = Math.max(before.updatedAt + 1, this.#time(isLate ? LATE_MS : 0))
    const edited = wireMessage(before.seq, {
      ...before,
      body: { kind: 'text', text: `edited at ${String(at)}` },
      editedAt: at,
      updatedAt: at,
    })
    this.#commit(isDeletion ? { ...before, body: null, deletedAt: at, updatedAt: at } : edited, false)
  }

  #time(late: number): number {
    this.#now += 1000
    return this.#now - late
  }

  #commit(message: WireMessage, isNew: boolean): void {
    this.messages.set(message.id, message)
    const before = this.states.at(-1)
    const isNewest = isNew || before?.last?.id === message.id
    this.states.push(
      wireChat({
        revision: (before?.revision ?? 0) + 1,
        messageCount: this.messages.size,
        changed: message.id,
        last: isNewest ? message : (before?.last ?? null),
        updatedAt: message.updatedAt,
      }),
    )
  }
}

class Client {
  readonly #server: Server
  readonly #failures: boolean[]
  readonly replica: Harness = startReplica()
  #sync: MessageSync

  /** The n-th read fails when `failures[n]` is true. */
  constructor(server: Server, failures: boolean[]) {
    this.#server = server
    this.#failures = failures
    this.#sync = this.#start()
    replicas.push(this.replica)
  }

  /** The listener delivers this state of the chat's document. */
  async receive(state: WireChat | undefined): Promise<void> {
    if (state === undefined) return
    const batch = toBatch('chats', [state], state.updatedAt)
    this.#sync.behind(this.replica.call('replica.apply', batch).behind)
    await this.#sync.whenTried()
  }

  /** The first snapshot on a new replica without chats. */
  firstSnapshot(): void {
    this.replica.call('replica.apply', toBatch('chats', [], 1))
  }

  async restart(): Promise<void> {
    this.#sync.stop()
    this.#sync = this.#start()
    await this.#sync.start()
    await this.#sync.whenTried()
  }

  /** The network is well again, and everything arrives. */
  async settle(): Promise<void> {
    this.#failures.length = 0
    await this.receive(this.#server.states.at(-1))
    this.#sync.resume()
    await this.#sync.whenTried()
    this.#sync.stop()
  }

  #start(): MessageSync {
    const call = (method: never, args: never): Promise<unknown> =>
      Promise.resolve().then(() => this.replica.call(method, args))
    const { messages } = this.#server
    const sorted = (by: (a: WireMessage, b: WireMessage) => number): WireMessage[] =>
      [...messages.values()].toSorted(by)
    const read = async <T>(value: () => T): Promise<T> => {
      await Promise.resolve()
      if (this.#failures.shift() === true) throw new WireError('offline')
      return value()
    }
    const wire = {
      get: (_: string, id: string) => read(() => messages.get(id)),
      async *changes(_: string, since: number) {
        const all = await read(() => sorted((a, b) => a.updatedAt - b.updatedAt))
        const items = all.filter(({ updatedAt }) => updatedAt > since)
        yield { items, cursor: items.at(-1)?.updatedAt ?? null }
      },
      history: (_: string, until: number | null) =>
        read(() => {
          const older = sorted((a, b) => compareMessages(b, a)).filter(
            ({ sentAt }) => until === null || sentAt <= until,
          )
          const items = older.slice(0, PAGE)
          const cursor = Math.max(...items.map(({ updatedAt }) => updatedAt))
          return { items, cursor, full: older.length >= PAGE }
        }),
    }
    const options = { replica: { call }, wire: { messages: wire }, report: () => undefined }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
    return new MessageSync(options as unknown as MessageSyncOptions)
  }
}

const replicas: Harness[] = []
afterEach(() => {
  for (const { replica, directory } of replicas.splice(0)) {
    replica.close()
    rmSync(directory, { recursive: true })
  }
})

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('send' as const), mine: fc.boolean(), late: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      n: fc.nat(20),
      deletion: fc.boolean(),
      late: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('receive' as const), client: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('receiveOld' as const), client: fc.nat(1), n: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), client: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
)

it('replicas end equal to the server after losses, reordering and time offline', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.array(fc.boolean(), { maxLength: 12 }),
      async (steps, failures) => {
        const server = new Server()
        const clients = [new Client(server, [...failures])]
        clients[0]?.firstSnapshot()
        for (const action of steps) await perform(action, server, clients, failures)
        for (const client of clients) {
          await client.settle()
          expectEqual(client, server)
        }
      },
    ),
    { numRuns: 150 },
  )
  // Its steps wait for timers, so a busy machine needs longer than the usual limit.
}, 180_000)

async function perform(
  action: typeof step extends fc.Arbitrary<infer T> ? T : never,
  server: Server,
  clients: Client[],
  failures: boolean[],
): Promise<void> {
  const client = 'client' in action ? clients[action.client] : undefined
  if (action.do === 'send') server.send(action.mine ? me : peer, action.late)
  else if (action.do === 'change') server.change(action.n, action.deletion, action.late)
  else if (action.do === 'receive') await client?.receive(server.states.at(-1))
  else if (action.do === 'receiveOld') await client?.receive(server.states[action.n])
  else if (action.do === 'restart') await client?.restart()
  else if (clients.length === 1) clients.push(new Client(server, [...failures]))
}

/** A replica that joined late lacks older messages. From its oldest message on, it must have all, in their newest state. */
function expectEqual({ replica }: Client, server: Server): void {
  if (server.states.length === 0) return
  const { oldest, revision, syncedRevision, historyComplete } = chatSync(replica)
  expect(syncedRevision).toBe(revision)
  const expected = [...server.messages.values()]
    .filter((message) => historyComplete || (oldest !== null && compareMessages(message, oldest) >= 0))
    .toSorted(compareMessages)
  const state = ({
    id,
    updatedAt,
    editedAt,
    deletedAt,
  }: Pick<WireMessage, 'id' | 'editedAt' | 'deletedAt'> & {
    updatedAt: number | null
  }) => ({ id, updatedAt, editedAt, deletedAt })
  expect(newestMessages(replica).map(state)).toEqual(expected.map(state))
}
