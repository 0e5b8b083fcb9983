import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { directChatId, messageIdSchema, newMessageId, userIdSchema } from '#shared/domain/ids.ts'
import type { Message, WireMessage } from '#shared/domain/message.ts'
import { openStore, type Store } from '../src/main/store/store.ts'

/* The local replica with a very long chat, through its worker thread as the app uses it. All figures in ms. */

export interface StoreFigures {
  fill: number
  reopen: number
  newestPageP95: number
  wholeChatByPages: number
  searchP50: number
  searchP95: number
  sendP50: number
  sendP95: number
}

const me = userIdSchema.parse('benchMe')
const peer = userIdSchema.parse('benchPeer')
const chatId = directChatId(me, peer)
const PAGE = 50

/** The same numbers, between 0 and 1, in each run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Made-up words, of which the first ones are by far the most common, as in a language. */
function vocabulary(next: () => number): string[] {
  const letters = 'etaoinshrdlcumwfgypbvk'
  const letter = (): string => letters.charAt(Math.floor(next() ** 1.6 * letters.length))
  return Array.from({ length: 8000 }, () =>
    Array.from({ length: 2 + Math.floor(next() * 8) }, letter).join(''),
  )
}

/** Puts `count` messages of 2 to 20 words into one chat, in the batches that sync uses. */
export async function fill(store: Store, count: number): Promise<string[]> {
  const next = numbers(7)
  const words = vocabulary(next)
  const text = (): string =>
    Array.from(
      { length: 2 + Math.floor(next() * 19) },
      () => words[Math.floor(next() ** 3 * words.length)],
    ).join(' ')
  const start = Date.now() - count * 60_000
  const message = (n: number): WireMessage => ({
    id: messageIdSchema.parse(`bench-message-${String(n).padStart(8, '0')}`),
    chatId,
    senderId: n % 3 === 0 ? me : peer,
    sentAt: start + n * 60_000,
    updatedAt: start + n * 60_000,
    seq: n,
    body: { kind: 'text', text: text() },
    deletedAt: null,
  })
  await store.call('replica.openDirectChat', { peerId: peer })
  for (let done = 0; done < count; done += 1000) {
    const size = Math.min(1000, count - done)
    await store.call('replica.applyMessages', {
      chatId,
      messages: Array.from({ length: size }, (_, n) => message(done + n)),
      source: 'history',
      mark: null,
      syncedCount: null,
      historyComplete: null,
    })
  }
  return words
}

/** The newest page `times` times, in ms each. */
export async function openNewestPage(store: Store, times: number): Promise<number[]> {
  return await series(times, () => store.call('replica.messages', { chatId, before: null, limit: PAGE }))
}

/** Reads the whole chat backwards, page by page; answers how many messages there were. */
export async function readAll(store: Store): Promise<number> {
  let before: Message | undefined
  for (let total = 0; ;) {
    const cursor = before === undefined ? null : { id: before.id, seq: before.seq, sentAt: before.sentAt }
    const page = await store.call('replica.messages', { chatId, before: cursor, limit: PAGE })
    total += page.length
    before = page[0]
    if (page.length < PAGE) return total
  }
}

/** Searches for beginnings of words, one to four letters long, half of them in the chat, in ms each. */
export async function searchPrefixes(
  store: Store,
  words: readonly string[],
  times: number,
): Promise<number[]> {
  const next = numbers(11)
  return await series(times, (n) => {
    const word = words[Math.floor(next() ** 3 * words.length)] ?? 'a'
    const text = word.slice(0, 1 + (n % 4))
    return store.call('replica.search', { text, chatId: n % 2 === 0 ? chatId : null, limit: 50 })
  })
}

/** Sends messages one after the other, each on the disk before the next, in ms each. */
export async function sendDurably(store: Store, times: number): Promise<number[]> {
  return await series(times, (n) =>
    store.call('replica.send', {
      id: newMessageId(),
      chatId,
      senderId: me,
      sentAt: null,
      seq: 1_000_000 + n,
      updatedAt: null,
      body: { kind: 'text', text: `a message to send, number ${String(n)}` },
      deletedAt: null,
      delivery: 'queued',
      failure: null,
    }),
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

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export async function benchStore(count = 100_000): Promise<StoreFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'perch-bench-store-'))
  const open = (): Store =>
    openStore({ workerFile: new URL('../src/main/store/worker.ts', import.meta.url), directory })
  let store = open()
  try {
    await store.call('replica.open', { userId: me })
    let words: string[] = []
    const filling = await timed(async () => {
      words = await fill(store, count)
    })
    await store.close()
    store = open()
    await store.call('replica.close', undefined)
    const reopen = await timed(() => store.call('replica.open', { userId: me }))
    const newestPage = await openNewestPage(store, 500)
    const wholeChatByPages = await timed(() => readAll(store))
    const searches = await searchPrefixes(store, words, 400)
    const sends = await sendDurably(store, 500)
    return {
      fill: filling,
      reopen,
      newestPageP95: percentile(newestPage, 0.95),
      wholeChatByPages,
      searchP50: percentile(searches, 0.5),
      searchP95: percentile(searches, 0.95),
      sendP50: percentile(sends, 0.5),
      sendP95: percentile(sends, 0.95),
    }
  } finally {
    await store.close()
    rmSync(directory, { recursive: true })
  }
}

if (import.meta.main) {
  const figures = new Map<string, number>(Object.entries(await benchStore()))
  for (const [name, value] of figures) {
    console.log(`${name.padEnd(18)} ${value.toFixed(2)} ms`)
  }
}
