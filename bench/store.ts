import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { directChatId, messageIdSchema, newMessageId, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { toRawBody } from '#shared/messages/body.ts'
import { positionOf, type Message, type WireMessage } from '#shared/messages/envelope.ts'
import { message, queued } from '#shared/domain/test-data.ts'
import { openStore, type Store } from '../src/main/store/store.ts'
import { seededRandom } from '../scripts/lib/random.ts'
import { median, ms, percentile, type Figure } from './figures.ts'

/* Benchmarks the replica with a very long chat, through the worker thread as in the app. */

const me = userIdSchema.parse('benchMe')
const peer = userIdSchema.parse('benchPeer')
const chatId = directChatId(me, peer)
const PAGE = 50
const MESSAGES = 100_000

/** Returns random words with letter frequencies as in a language. */
function vocabulary(next: () => number): string[] {
  const letters = 'etaoinshrdlcumwfgypbvk'
  const letter = (): string => letters.charAt(Math.floor(next() ** 1.6 * letters.length))
  return Array.from({ length: 8000 }, () =>
    Array.from({ length: 2 + Math.floor(next() * 8) }, letter).join(''),
  )
}

/** Prefix of the message ids of the long chat. */
export const LONG_CHAT_PREFIX = 'bench-message-'

/** Returns the words of the long chat, most frequent first. */
export function longChatWords(): string[] {
  return vocabulary(seededRandom(7))
}

/** Returns messages of 2 to 20 words, a minute apart up to `now` (server ms), oldest first. `me` sent the last one. */
export function longChat(count: number, me: UserId, peer: UserId, now: number): WireMessage[] {
  const next = seededRandom(8)
  const words = longChatWords()
  const text = (): string =>
    Array.from(
      { length: 2 + Math.floor(next() * 19) },
      () => words[Math.floor(next() ** 3 * words.length)],
    ).join(' ')
  return Array.from({ length: count }, (_, n) => {
    const at = now - (count - n) * 60_000
    return {
      id: messageIdSchema.parse(`${LONG_CHAT_PREFIX}${String(n).padStart(8, '0')}`),
      chatId: directChatId(me, peer),
      senderId: (count - n) % 3 === 1 ? me : peer,
      sentAt: at,
      updatedAt: at,
      seq: n,
      body: toRawBody({ kind: 'text', text: text() }),
      editedAt: null,
      deletedAt: null,
    }
  })
}

/** Stores the complete history of a known chat in the replica, in batches as sync does. */
export async function fill(store: Store, me: UserId, messages: readonly WireMessage[]): Promise<void> {
  for (let done = 0; done < messages.length; done += 1000) {
    const batch = messages.slice(done, done + 1000)
    const [first] = batch
    if (first === undefined) return
    const page = {
      chatId: first.chatId,
      messages: batch,
      source: 'history',
      cursor: messages.at(-1)?.updatedAt ?? null,
      syncedCount: messages.length,
      syncedRevision: messages.length,
      historyComplete: true,
    } as const
    await store.call(me, 'replica.applyMessages', [page])
  }
}

/** Loads the newest page `times` times. Returns the durations in ms. */
async function openNewestPage(store: Store, times: number): Promise<number[]> {
  return await series(times, () => store.call(me, 'replica.messages', { chatId, before: null, limit: PAGE }))
}

/** Reads the whole chat backwards, page by page. Returns the number of messages. */
async function readAll(store: Store): Promise<number> {
  let first: Message | undefined
  for (let total = 0; ;) {
    const before = first ? positionOf(first) : null
    const page = await store.call(me, 'replica.messages', { chatId, before, limit: PAGE })
    total += page.length
    first = page[0]
    if (page.length < PAGE) return total
  }
}

/** Searches for prefixes of one to four letters, every second time only in the chat. Returns the durations in ms. */
async function searchPrefixes(store: Store, words: readonly string[], times: number): Promise<number[]> {
  const next = seededRandom(11)
  return await series(times, (n) => {
    const word = words[Math.floor(next() ** 3 * words.length)] ?? 'a'
    const text = word.slice(0, 1 + (n % 4))
    return store.call(me, 'replica.search', { text, chatId: n % 2 === 0 ? chatId : null, limit: 50 })
  })
}

/** Sends messages one after another, each durable before the next. Returns the durations in ms. */
async function sendDurably(store: Store, times: number): Promise<number[]> {
  return await series(times, (n) =>
    store.call(
      me,
      'replica.send',
      message(n, me, {
        ...queued,
        id: newMessageId(),
        chatId,
        seq: 1_000_000 + n,
        body: { kind: 'text', text: `a message to send, number ${String(n)}` },
      }),
    ),
  )
}

async function series(times: number, run: (n: number) => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times; n++) all.push(await timed(() => run(n)))
  return all
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

export async function benchStore(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'perch-bench-store-'))
  const open = (): Store =>
    openStore({ workerFile: new URL('../src/main/store/worker.ts', import.meta.url), directory })
  let store = open()
  try {
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.openDirectChat', { peerId: peer })
    const messages = longChat(MESSAGES, me, peer, Date.now())
    const filling = await timed(() => fill(store, me, messages))
    await store.close()
    store = open()
    await store.call(me, 'replica.close', undefined)
    const reopening = await timed(() => store.call(me, 'replica.open', undefined))
    const pages = await openNewestPage(store, 500)
    const reading = await timed(() => readAll(store))
    const searches = await searchPrefixes(store, longChatWords(), 400)
    const sends = await sendDurably(store, 500)
    const figure = (name: string, value: number, detail = '', budget: number | null = null): Figure => ({
      name,
      value,
      unit: 'ms',
      budget,
      detail,
    })
    return [
      figure(
        'search in 100,000 messages, p95 (store)',
        percentile(searches, 0.95),
        `p50 ${ms(median(searches))}, longest ${ms(percentile(searches, 1))}`,
        30,
      ),
      figure('newest page of 100,000 messages, p95 (store)', percentile(pages, 0.95)),
      figure('all of 100,000 messages, page by page (store)', reading),
      figure('durable send, p95 (store)', percentile(sends, 0.95), `p50 ${ms(median(sends))}`),
      figure('opening a replica of 100,000 messages (store)', reopening),
      figure('filling it (store)', filling),
    ]
  } finally {
    await store.close()
    rmSync(directory, { recursive: true })
  }
}
