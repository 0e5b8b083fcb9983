import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, inject, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { shownMessages, type SignedInClient } from '../support/client.ts'
import { startWriteProxy, type Decide, type Refusal, type WriteProxy } from '../support/write-proxy.ts'
import { groupWith, historyOnServer } from './group-people.ts'
import { person, shown, untilFlushed } from './people.ts'

/*
 * In production a document sustains about one write per second. The emulator has no such limit, so a proxy refuses batches of the
 * group as production does. SUSTAINED_WRITES=1 runs the tests at the rate of production, which takes minutes (docs/adr/0012).
 */

const SUSTAINED_PER_SECOND = Number(process.env['SUSTAINED_WRITES'] ?? 6)
const LOAD_MS = 3000
const LIMIT_MS = 120_000 + (3 * 60_000) / SUSTAINED_PER_SECOND

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

const texts = (client: SignedInClient): string[] => shown(client).filter((text) => text !== '(event)')

/** Texts with a clock: they wait, and are not failed. */
const waiting = (client: SignedInClient): number =>
  shownMessages(client.store.getState()).filter(({ delivery }) => delivery === 'queued').length

/** Lets `perSecond` batches of a chat pass, and refuses the others. Counts the refused ones. */
function sustained(chatId: ChatId, perSecond: number): { decide: Decide; refused: () => number } {
  let nextAt = 0
  let refused = 0
  const decide: Decide = (request) => {
    if (!request.includes(`/chats/${chatId}/messages/`)) return undefined
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
    await client.until('every text', () => texts(client).length >= all.length)
  for (const sender of senders) await untilFlushed(sender)
  const server = await onServer(chatId)
  expect(server.toSorted()).toEqual(all.toSorted())
  for (const own of written) expect(server.filter((text) => own.includes(text))).toEqual(own)
  for (const client of [...senders, reader]) {
    expect(texts(client)).toEqual(server)
    expect(shownMessages(client.store.getState()).every(({ delivery }) => delivery === 'sent')).toBe(true)
    expect(client.store.getState().chats.get(chatId)?.messageCount).toBe(all.length)
  }
}

describe('a group whose document is written too often', () => {
  it.for([1, 5, 20])(
    'delivers every text once and in order, at %i texts per second',
    { timeout: LIMIT_MS },
    async (perSecond) => {
      const group = await busyGroup()
      const { senders, reader, chatId, proxy } = group
      const limit = sustained(chatId, SUSTAINED_PER_SECOND)
      proxy.decide = limit.decide
      const started = performance.now()
      const written: string[][] = [[], []]
      let longestQueue = 0
      for (let index = 0; index < (perSecond * LOAD_MS) / 1000; index++) {
        const text = `text ${String(index)}`
        const sender = senders[index % 2 === 0 ? 0 : 1]
        await sender.send(chatId, text)
        written[index % 2]?.push(text)
        longestQueue = Math.max(longestQueue, ...senders.map(waiting))
        await delay(1000 / perSecond)
      }
      await reader.until('every text', () => texts(reader).length === written.flat().length)
      const seconds = (performance.now() - started) / 1000
      await expectAllOnce(group, written)
      console.log(
        `${String(perSecond)}/s: ${String(written.flat().length)} texts, ${String(limit.refused())} refused batches, ` +
          `all delivered after ${seconds.toFixed(1)} s, at most ${String(longestQueue)} of one sender waited`,
      )
      if (perSecond > SUSTAINED_PER_SECOND) {
        expect(limit.refused()).toBeGreaterThan(0)
        expect(longestQueue).toBeGreaterThan(1)
      }
    },
  )

  it.for<Refusal>(['ABORTED', 'RESOURCE_EXHAUSTED'])(
    'shows a clock while the answer is %s, and sends in order afterwards',
    { timeout: LIMIT_MS },
    async (refusal) => {
      const group = await busyGroup()
      const { senders, chatId, proxy } = group
      const [ada] = senders
      const attempts: number[] = []
      proxy.decide = (request) => {
        if (!request.includes(`/chats/${chatId}/messages/`)) return undefined
        attempts.push(performance.now())
        return refusal
      }
      const written = ['one', 'two', 'three']
      for (const text of written) await ada.send(chatId, text)
      await delay(3000)
      expect(waiting(ada)).toBe(3)
      expect(texts(ada)).toEqual(written)
      expect(attempts.length).toBeGreaterThan(0)
      expect(attempts.length).toBeLessThan(6)
      proxy.decide = () => undefined
      await expectAllOnce(group, [written, []])
    },
  )
})
