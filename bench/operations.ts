import { setTimeout as delay } from 'node:timers/promises'
import type { OperationCounts } from '../src/renderer/data/operations.ts'
import { directChatId, type ChatId } from '../src/shared/domain/ids.ts'
import { startSignedIn, type SignedInClient } from '../tests/support/client.ts'
import { clearBackend } from '../scripts/lib/emulator-rest.ts'
import type { BenchContext } from './context.ts'
import type { Figure } from './figures.ts'

const MESSAGES = 40
/** Collections whose reads and writes count as those of messages. */
const MESSAGE_KINDS = ['chats', 'chats/messages']
/** Pace of a fast writer, so that receipts are coalesced as in a lively chat. */
const SEND_INTERVAL_MS = 300

interface Cost {
  writes: number
  reads: number
  receipts: number
  senderReads: number
}

/** Counts the Firestore operations per text message in the data layer of two clients, without a window. */
export async function benchOperations({ backend }: BenchContext): Promise<Figure[]> {
  await clearBackend(backend)
  const people: SignedInClient[] = []
  try {
    for (const name of ['Ada', 'Ben']) people.push(await startSignedIn({ backend }, { name }))
    const [from, to] = people
    if (from === undefined || to === undefined) throw new Error('Nobody has signed in.')
    const chatId = directChatId(from.me, to.me)
    await from.services.chats.openDirect(to.me)
    await converse(from, to, chatId, 1)
    await to.services.conversation.open(chatId)
    // Not counted: these counts include what opening the chat reads.
    await converse(from, to, chatId, 1)
    const open = await converse(from, to, chatId, MESSAGES)
    to.services.conversation.close()
    const closed = await converse(from, to, chatId, MESSAGES)
    return [
      {
        name: 'Firestore writes to send a text message',
        value: Math.max(open.writes, closed.writes),
        unit: 'per message',
        budget: 2,
        detail: 'the message and its chat',
      },
      {
        name: 'Firestore reads by its recipient',
        value: Math.max(open.reads, closed.reads),
        unit: 'per message',
        budget: 1,
        detail: `${open.reads.toFixed(2)} with the chat open, ${closed.reads.toFixed(2)} with it closed`,
      },
      ...(await changeFigures(from, to, chatId)),
      {
        name: 'receipts, typing and reads of own messages',
        value: open.receipts + open.senderReads,
        unit: 'per message',
        budget: null,
        detail: `${open.receipts.toFixed(2)} and ${open.senderReads.toFixed(2)}, with the chat open on both sides`,
      },
    ]
  } finally {
    await Promise.all(people.map((person) => person.close()))
  }
}

/** Sends messages from one client to the other. Returns the average cost of one. */
async function converse(
  from: SignedInClient,
  to: SignedInClient,
  chatId: ChatId,
  messages: number,
): Promise<Cost> {
  const before = [from.operations.counts(), to.operations.counts()] as const
  const expected = (await from.messages(chatId)).length + messages
  for (let n = 0; n < messages; n++) {
    from.services.conversation.typing(chatId)
    await from.services.conversation.send(chatId, { kind: 'text', text: `message ${String(n)}` })
    await delay(SEND_INTERVAL_MS)
  }
  for (const person of [from, to]) {
    await person.until('all messages', ({ chats }) => chats.get(chatId)?.messageCount === expected)
    while ((await person.pending()).length > 0 || (await person.messages(chatId)).length < expected) {
      await delay(100)
    }
  }
  const [sent, received] = [
    since(before[0], from.operations.counts()),
    since(before[1], to.operations.counts()),
  ]
  return {
    writes: sent.writes(MESSAGE_KINDS) / messages,
    reads: received.reads(MESSAGE_KINDS) / messages,
    senderReads: sent.reads(MESSAGE_KINDS) / messages,
    receipts: [sent, received]
      .map(
        ({ writes, reads }) =>
          writes(['chats/activity', 'users/chats']) + reads(['chats/activity', 'users/chats']),
      )
      .reduce((sum, count) => sum + count / messages, 0),
  }
}

/** Edits and deletes messages, the newest one and an older one in turn. */
async function changeFigures(from: SignedInClient, to: SignedInClient, chatId: ChatId): Promise<Figure[]> {
  const [older, newest] = (await from.messages(chatId)).slice(-2)
  if (older === undefined || newest === undefined) throw new Error('There are no messages.')
  const figures: Figure[] = []
  for (const { id, isNewest } of [
    { id: newest.id, isNewest: true },
    { id: older.id, isNewest: false },
  ]) {
    const before = [from.operations.counts(), to.operations.counts()] as const
    for (const body of [{ kind: 'text', text: 'edited' } as const, null]) {
      await from.wire().messages.change({ id, chatId, body, isNewest })
      const isStored = async (): Promise<boolean> => {
        const stored = (await to.messages(chatId)).find((message) => message.id === id)?.body ?? null
        return JSON.stringify(stored) === JSON.stringify(body)
      }
      while (!(await isStored())) await delay(50)
    }
    const writes = since(before[0], from.operations.counts()).writes(MESSAGE_KINDS) / 2
    const reads = since(before[1], to.operations.counts()).reads(MESSAGE_KINDS) / 2
    const name = `Firestore operations of an edit or deletion, ${isNewest ? 'newest' : 'older'} message`
    figures.push({
      name,
      value: writes + reads,
      unit: 'per message',
      budget: isNewest ? 3 : 4,
      detail: `${writes.toFixed(2)} writes, ${reads.toFixed(2)} reads by the other person`,
    })
  }
  return figures
}

type Count = (kinds: readonly string[]) => number

function since(before: OperationCounts, after: OperationCounts): { writes: Count; reads: Count } {
  const difference =
    (what: keyof OperationCounts): Count =>
    (kinds) =>
      kinds.reduce((sum, kind) => sum + (after[what][kind] ?? 0) - (before[what][kind] ?? 0), 0)
  return { writes: difference('writes'), reads: difference('reads') }
}
