import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, inject, it, vi } from 'vitest'
import { demoPerson } from '../../scripts/lib/demo.ts'
import { writeDocuments } from '../../scripts/lib/emulator-rest.ts'
import { groupDocuments, memberDocuments } from '../../scripts/lib/group-documents.ts'
import { PAGE_LIMIT } from '../../src/renderer/data/messages-repository.ts'
import type { OperationCounts } from '../../src/renderer/data/operations.ts'
import { MAX_ADDED } from '#shared/domain/group.ts'
import { newGroupId, type ChatId } from '#shared/domain/ids.ts'
import type { AppState } from '../../src/renderer/stores/app-store.ts'
import { shownMessages, type SignedInClient, type TestClient } from '../support/client.ts'
import { chattingPair, person, startAgain, untilFlushed, untilSeen, untilSent, type Pair } from './people.ts'

/* Measures what docs/COSTS.md says, and compares. */

const SIZES = [2, 16, 64, 256] as const
const TEXTS = 5
/** The tests read hundreds of profiles and wait until nothing happens any more. */
vi.setConfig({ testTimeout: 120_000 })
/** Documents that carry messages. The read marks and receipts that follow are counted apart. */
const MESSAGES = ['chats', 'chats/messages']
const PROFILES = ['users']
/** All kinds of documents that follow a text. Presence is not among them. */
const EVERYTHING = ['chats', 'chats/messages', 'chats/activity', 'users', 'users/chats']
/**
 * Numbers of people who exist, but run no app. The end-to-end tests sign in the first demo people on the same backend, and the seed adds no
 * one who has a profile already.
 */
const crowd = Array.from({ length: 254 }, (_, index) => 1000 + index)
const WATERMARKS = ['chats/activity']

/** The rows of the table below a heading of docs/COSTS.md, without its header. */
function table(heading: string): string[][] {
  const text = readFileSync(new URL('../../docs/COSTS.md', import.meta.url), 'utf8')
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

const format = (value: number): string => value.toLocaleString('en-US')

interface Cost {
  reads: number
  writes: number
}

/** Starts counting what a client reads and writes. Returns a function that returns the counts of these kinds since then. */
function meter({ operations }: SignedInClient): (kinds: readonly string[]) => Cost {
  const before = operations.counts()
  return (kinds) => {
    const after = operations.counts()
    const since = (of: keyof OperationCounts): number =>
      kinds.reduce((sum, kind) => sum + (after[of][kind] ?? 0) - (before[of][kind] ?? 0), 0)
    return { reads: since('reads'), writes: since('writes') }
  }
}

/** Writes a group of Ada, Ben and others who exist, but run no app. Ada is its owner. */
async function groupOf(
  size: number,
  ada: SignedInClient,
  ben: SignedInClient,
  texts: readonly string[] = [],
): Promise<ChatId> {
  const id = newGroupId()
  const others = crowd.slice(0, size - 2).map((index) => demoPerson(index).id)
  const memberIds = [ada.me, ben.me, ...others] as const
  const documents = groupDocuments({ id, title: 'Choir', memberIds, texts, at: Date.now() })
  await writeDocuments(inject('backend'), documents)
  return id
}

async function untilShown(client: SignedInClient, chatId: ChatId, texts: number): Promise<void> {
  await client.until('all texts', ({ chats }) => chats.get(chatId)?.messageCount === texts)
}

/** Now and then a device also counts its chats on the server, which costs a read of its own. So several trials are made. */
function least(costs: readonly Cost[]): Cost {
  return {
    reads: Math.min(...costs.map(({ reads }) => reads)),
    writes: Math.min(...costs.map(({ writes }) => writes)),
  }
}

interface TextCost {
  sender: Cost
  reader: Cost
}

/** Sends texts in the open group. Returns the costs of one, for its sender and for a reader who has the group open. */
async function costOfText(ada: SignedInClient, ben: SignedInClient, chatId: ChatId): Promise<TextCost> {
  const costs: TextCost[] = []
  for (let index = 1; index <= TEXTS; index++) {
    const [sent, received] = [meter(ada), meter(ben)]
    await ada.send(chatId, `text ${String(index)}`)
    await untilSent(ada)
    await Promise.all([untilShown(ada, chatId, index), untilShown(ben, chatId, index)])
    costs.push({ sender: sent(MESSAGES), reader: received(MESSAGES) })
  }
  return {
    sender: least(costs.map(({ sender }) => sender)),
    reader: least(costs.map(({ reader }) => reader)),
  }
}

it('a text in a group of 2, 16, 64 and 256 members costs what docs/COSTS.md says', async () => {
  await writeDocuments(inject('backend'), memberDocuments(crowd, new Date()))
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
  const receipt = await receiptOfDirectChat()
  const texts: string[][] = []
  const firsts: string[][] = []
  for (const size of SIZES) {
    const firstSeen = meter(ben)
    const known = new Set(ben.store.getState().people.keys())
    const chatId = await groupOf(size, ada, ben)
    const appear = ({ chats }: AppState): boolean => chats.has(chatId)
    await Promise.all([ada.until('the group', appear), ben.until('the group', appear)])
    await Promise.all([ada, ben].map(({ services }) => services.conversation.open(chatId)))
    const others =
      ben.store
        .getState()
        .chats.get(chatId)
        ?.memberIds.filter((id) => id !== ben.me) ?? []
    await ben.until('every name', ({ people }) => others.every((id) => people.get(id)?.profileFetchedAt))
    const fetched = others.filter((id) => !known.has(id)).length
    const { reads: profiles } = firstSeen(PROFILES)
    expect(profiles).toBe(fetched)
    firsts.push([format(size), format(firstSeen(MESSAGES).reads), format(size - 1)])

    const { sender, reader } = await costOfText(ada, ben, chatId)
    const reads = sender.reads + (size - 1) * reader.reads
    // Each member but the sender writes a receipt, and the listeners of these members read it.
    const receipts = { writes: (size - 1) * receipt.writes, reads: (size - 1) * size * receipt.readsEach }
    texts.push(
      [
        size,
        sender.writes + reader.writes,
        reader.reads,
        reads,
        sender.writes + receipts.writes,
        reads + receipts.reads,
      ].map(format),
    )
  }
  expect(texts).toEqual(table('A text'))
  expect(firsts).toEqual(table('A group that is new to a device'))
})

/** Texts of one day. Their costs include the reads of everybody who receives them. */
const DAY = { direct: 20, group: 10, groupSize: 16, starts: 5 }

it('a month of one person costs what docs/COSTS.md says', async () => {
  const [direct, group, start] = await Promise.all([
    chattingPair().then(costOfReadText),
    chattingPair().then(async ({ ada, ben }) => {
      const chatId = await groupOf(2, ada, ben)
      const isThere = ({ chats }: AppState): boolean => chats.has(chatId)
      await Promise.all([ada, ben].map((client) => client.until('the group', isThere)))
      return costOfReadText({ ada, ben, chatId })
    }),
    chattingPair().then(({ ben }) => costOfStart(ben)),
  ])
  const others = DAY.groupSize - 1
  const rows = [
    ['text in a direct chat', DAY.direct, ...totalOf(direct, 1)],
    [`text in a group of ${String(DAY.groupSize)}`, DAY.group, ...totalOf(group, others)],
    ['start of the app', DAY.starts, ...start],
  ] as const
  const monthly = rows.map(([, times, writes, reads]) => [30 * times * writes, 30 * times * reads] as const)
  const sum = (index: 0 | 1): number => monthly.reduce((total, row) => total + row[index], 0)
  const cells = rows.map(([name, ...numbers], index) => [
    name,
    ...[...numbers, ...(monthly[index] ?? [])].map(format),
  ])
  expect([...cells, ['together', '', '', '', format(sum(0)), format(sum(1))]]).toEqual(table('A month'))
})

/** Writes and reads of a text that `readers` people read. */
function totalOf({ sender, reader }: TextCost, readers: number): [number, number] {
  return [sender.writes + readers * reader.writes, sender.reads + readers * reader.reads]
}

/**
 * Everything that a text costs its sender and a reader who has the chat open and sees the text at once. The least of two: on
 * a busy machine the receipt can take two writes.
 */
async function costOfReadText({ ada, ben, chatId }: Pair): Promise<TextCost> {
  await Promise.all([ada, ben].map(({ services }) => services.conversation.open(chatId)))
  const costs: TextCost[] = []
  for (let round = 0; round < 2; round++) {
    await Promise.all([untilQuiet(ada), untilQuiet(ben)])
    const [sent, received] = [meter(ada), meter(ben)]
    await ada.send(chatId, 'a text')
    await untilSent(ada)
    const id = (await ada.messages(chatId)).at(-1)?.id
    await ben.until('the text', (state) => shownMessages(state).at(-1)?.id === id)
    if (id !== undefined) ben.services.conversation.seen(chatId, id)
    await Promise.all([untilQuiet(ada), untilQuiet(ben)])
    costs.push({ sender: sent(EVERYTHING), reader: received(EVERYTHING) })
  }
  return {
    sender: least(costs.map(({ sender }) => sender)),
    reader: least(costs.map(({ reader }) => reader)),
  }
}

/** Everything that the start of a device costs that has missed nothing. */
async function costOfStart(person: SignedInClient): Promise<[number, number]> {
  // Listeners read again what is at most ten seconds older than their cursor. Usually that is one document each.
  await delay(11_000)
  await person.close()
  const started = startAgain(person)
  await started.signIn(person.phone)
  await started.until('online', ({ connection, firstSyncDone }) => connection === 'online' && firstSyncDone)
  await untilSeen(started)
  await untilQuiet(started)
  const { reads, writes } = started.operations.counts()
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0)
  return [sum(writes), sum(reads)]
}

/** Resolves when the outbox is empty and nothing was read or written for a while. */
async function untilQuiet(client: TestClient): Promise<void> {
  let before = ''
  let now = JSON.stringify(client.operations.counts())
  while (now !== before) {
    await untilFlushed(client)
    before = now
    await delay(1000)
    now = JSON.stringify(client.operations.counts())
  }
}

/** What a receipt costs in a direct chat: how often a text is acknowledged, and how often each member reads that. */
async function receiptOfDirectChat(): Promise<{ writes: number; readsEach: number }> {
  const { ada, ben, chatId } = await chattingPair()
  await untilSent(ada)
  // The receipts of the first text must not arrive while those of the next one are counted.
  await Promise.all([untilQuiet(ada), untilQuiet(ben)])
  const [sender, reader] = [meter(ada), meter(ben)]
  await ada.send(chatId, 'a text')
  const isDelivered = async (): Promise<void> => {
    const sentAt = (await ada.messages(chatId)).at(-1)?.sentAt ?? Infinity
    await ada.until('the receipt', ({ activities }) =>
      (activities.get(chatId) ?? []).some(
        ({ userId, deliveredAt }) => userId === ben.me && (deliveredAt ?? 0) >= sentAt,
      ),
    )
  }
  await untilSent(ada)
  await isDelivered()
  await Promise.all([untilQuiet(ada), untilQuiet(ben)])
  expect(reader(WATERMARKS).reads).toBe(sender(WATERMARKS).reads)
  return { writes: reader(WATERMARKS).writes, readsEach: sender(WATERMARKS).reads }
}

it('a group with a long history costs one page of it, when somebody is added', async () => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
  await untilQuiet(ben)
  const firstSeen = meter(ben)
  const texts = Array.from({ length: 300 }, (_, index) => `text ${String(index)}`)
  const chatId = await groupOf(2, ada, ben, texts)
  await untilShown(ben, chatId, texts.length)
  await ben.services.conversation.open(chatId)
  await ben.until('the newest text', (state) => shownMessages(state).length > 1)
  await untilQuiet(ben)
  expect(firstSeen(MESSAGES).reads).toBe(1 + PAGE_LIMIT)
})

it('adding people costs what docs/COSTS.md says', async () => {
  await writeDocuments(inject('backend'), memberDocuments(crowd, new Date()))
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
  const rows: string[][] = []
  for (const added of [1, 8, 9, 64]) {
    const trials = [await costOfAdding(added, ada, ben), await costOfAdding(added, ada, ben)]
    const { reads, writes } = least(trials)
    rows.push([added, writes, reads].map(format))
  }
  expect(rows).toEqual(table('Adding people'))
})

/** The writes of the one who adds people to a group, and the reads of another member. */
async function costOfAdding(added: number, ada: SignedInClient, ben: SignedInClient): Promise<Cost> {
  const chatId = await groupOf(2, ada, ben)
  const untilBoth = (condition: (state: AppState) => boolean): Promise<unknown> =>
    Promise.all([ada, ben].map((client) => client.until('the members', condition)))
  await untilBoth(({ chats }) => chats.has(chatId))
  const [adding, watching] = [meter(ada), meter(ben)]
  const people = crowd.slice(0, added).map((index) => demoPerson(index).id)
  // Part by part. Otherwise the listener may receive two events as one change, and Ben would then read both messages.
  for (let done = 0; done < added; done += MAX_ADDED) {
    await ada.services.chats.addPeople(chatId, people.slice(done, done + MAX_ADDED))
    const size = 2 + Math.min(added, done + MAX_ADDED)
    await untilBoth(({ chats }) => chats.get(chatId)?.memberIds.length === size)
  }
  await untilFlushed(ada)
  return { writes: adding(MESSAGES).writes, reads: watching(MESSAGES).reads }
}
