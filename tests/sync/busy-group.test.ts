import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { shownMessages, type SignedInClient } from '../support/client.ts'
import { startWriteProxy, type Decide, type WriteProxy } from '../support/write-proxy.ts'
import { groupWith, historyOnServer } from './group-people.ts'
import { person, shown, untilFlushed } from './people.ts'

/*
 * In production a document sustains about one write per second. The emulator has no such limit, so a proxy refuses batches of the
 * group as production does. SUSTAINED_WRITES=1 runs the tests at the rate of production, which takes minutes (docs/adr/0012).
 */

const SUSTAINED_PER_SECOND = Number(process.env['SUSTAINED_WRITES'] ?? 8)
const LOAD_MS = 3000
const LIMIT_MS = 120_000 + (10 * 60_000) / SUSTAINED_PER_SECOND

const proxies: WriteProxy[] = []
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()))
})

async function proxied(): Promise<{ backend: Backend; proxy: WriteProxy }> {
  const backend = inject('backend')
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const proxy = await startWriteProxy(backend.emulator.firestorePort)
  proxies.push(proxy)
  return { backend: { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }, proxy }
}

interface BusyGroup {
  /** Ada and Ben write through the proxy. */
  senders: [SignedInClient, SignedInClient]
  /** Cleo reads without it. */
  reader: SignedInClient
  chatId: ChatId
  proxy: WriteProxy
}

async function busyGroup(): Promise<BusyGroup> {
  const { backend, proxy } = await proxied()
  const [ada, ben, cleo] = await Promise.all([
    person('Ada', { backend }),
    person('Ben', { backend }),
    person('Cleo'),
  ])
  const chatId = await groupWith(ada, [ben, cleo])
  await untilFlushed(ada)
  return { senders: [ada, ben], reader: cleo, chatId, proxy }
}

const textsOf = (client: SignedInClient): string[] => shown(client).filter((text) => text !== '(event)')

/** Texts with a clock: they wait, and are not failed. */
const waiting = (client: SignedInClient): number =>
  shownMessages(client.store.getState()).filter(({ delivery }) => delivery === 'queued').length

const isText = (request: Buffer, chatId: ChatId): boolean => request.includes(`/chats/${chatId}/messages/`)

/** Lets `perSecond` batches of a chat pass, and refuses the others. Counts the refused ones. */
function sustained(chatId: ChatId, perSecond: number): { decide: Decide; refused: () => number } {
  let nextAt = 0
  let refused = 0
  const decide: Decide = (request) => {
    if (!isText(request, chatId)) return undefined
    const now = performance.now()
    if (now < nextAt) {
      refused += 1
      return 'ABORTED'
    }
    nextAt = now + 1000 / perSecond
    return undefined
  }
  return { decide, refused: () => refused }
}

/** The texts on the server, in their order. */
async function onServer(chatId: ChatId): Promise<string[]> {
  return (await historyOnServer(chatId)).filter((text) => text !== '(created)')
}

/** Everybody has every text once, in the same order, and each sender's texts in the order in which they were written. */
async function expectAllOnce({ senders, reader, chatId }: BusyGroup, written: string[][]): Promise<void> {
  const all = written.flat()
  for (const client of [...senders, reader])
    await client.until('every text', () => textsOf(client).length >= all.length)
  for (const sender of senders) await untilFlushed(sender)
  const server = await onServer(chatId)
  expect(server.toSorted()).toEqual(all.toSorted())
  for (const own of written) expect(server.filter((text) => own.includes(text))).toEqual(own)
  for (const client of [...senders, reader]) {
    expect(textsOf(client)).toEqual(server)
    expect(shownMessages(client.store.getState()).every(({ delivery }) => delivery === 'sent')).toBe(true)
    expect(client.store.getState().chats.get(chatId)?.messageCount).toBe(all.length)
  }
}

describe('a group whose document is written too often', () => {
  it(
    'delivers every text once and in order, at 1, 5 and 20 texts per second',
    { timeout: LIMIT_MS },
    async () => {
      const group = await busyGroup()
      const written: string[][] = [[], []]
      for (const perSecond of [1, 5, 20]) {
        const limit = sustained(group.chatId, SUSTAINED_PER_SECOND)
        group.proxy.decide = limit.decide
        const started = performance.now()
        const longestQueue = await writeAtRate(group, perSecond, written)
        await expectAllOnce(group, written)
        const seconds = (performance.now() - started) / 1000
        console.log(
          `${String(perSecond)} texts/s for ${String(LOAD_MS / 1000)} s, ${String(SUSTAINED_PER_SECOND)} accepted/s: ` +
            `${String(limit.refused())} batches refused, ${String(longestQueue)} texts of one sender with a clock, ` +
            `all delivered after ${seconds.toFixed(0)} s`,
        )
        if (perSecond <= SUSTAINED_PER_SECOND) continue
        expect(limit.refused()).toBeGreaterThan(0)
        expect(longestQueue).toBeGreaterThan(1)
      }
    },
  )

  it(
    'shows a clock while the server refuses, and sends in order afterwards',
    { timeout: LIMIT_MS },
    async () => {
      const group = await busyGroup()
      const { senders, chatId, proxy } = group
      const [ada] = senders
      const written: string[] = []
      for (const refusal of ['ABORTED', 'RESOURCE_EXHAUSTED'] as const) {
        let attempts = 0
        proxy.decide = (request) => {
          if (!isText(request, chatId)) return undefined
          attempts += 1
          return refusal
        }
        const texts = ['one', 'two', 'three'].map((text) => `${text} ${refusal}`)
        for (const text of texts) await ada.send(chatId, text)
        written.push(...texts)
        await delay(3000)
        expect(waiting(ada)).toBe(texts.length)
        expect(textsOf(ada)).toEqual(written)
        expect(attempts).toBeGreaterThan(0)
        expect(attempts).toBeLessThan(6)
        proxy.decide = () => undefined
        await expectAllOnce(group, [written, []])
      }
    },
  )
})

/** The senders take turns. Returns how many texts of one sender waited at the same time. */
async function writeAtRate(
  { senders, chatId }: BusyGroup,
  perSecond: number,
  written: string[][],
): Promise<number> {
  let longestQueue = 0
  for (let index = 0; index < (perSecond * LOAD_MS) / 1000; index++) {
    const text = `text ${String(index)} at ${String(perSecond)} per second`
    await senders[index % 2 === 0 ? 0 : 1].send(chatId, text)
    written[index % 2]?.push(text)
    longestQueue = Math.max(longestQueue, ...senders.map(waiting))
    await delay(1000 / perSecond)
  }
  return longestQueue
}
