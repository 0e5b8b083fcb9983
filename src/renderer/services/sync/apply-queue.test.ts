import { expect, it } from 'vitest'
import type { MessagePage, PageResult } from '#shared/bridge/replica.ts'
import { chatId } from '#shared/domain/test-data.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import { ApplyQueue } from './apply-queue.ts'

const page = (syncedCount: number): MessagePage => ({
  chatId,
  messages: [],
  source: 'live',
  cursor: null,
  syncedCount,
  syncedRevision: null,
  historyComplete: null,
})
const resultOf = ({ syncedCount }: MessagePage): PageResult => ({
  inserted: 0,
  changed: 0,
  syncedCount: syncedCount ?? 0,
})

/** The calls to the replica: their synced counts, and functions that end them. */
function start(): {
  queue: ApplyQueue
  calls: { counts: (number | null)[]; succeed: () => void; fail: () => void }[]
} {
  const calls: ReturnType<typeof start>['calls'] = []
  const call = (_: string, pages: MessagePage[]): Promise<PageResult[]> =>
    new Promise((resolve, reject) => {
      calls.push({
        counts: pages.map(({ syncedCount }) => syncedCount),
        succeed: () => resolve(pages.map(resultOf)),
        fail: () => reject(new Error('store')),
      })
    })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  return { queue: new ApplyQueue({ call } as unknown as AccountBridge), calls }
}

it('stores pages that arrive during a call together in the next one, in their order', async () => {
  const { queue, calls } = start()
  const results = [1, 2].map((count) => queue.apply(page(count)))
  await Promise.resolve()
  results.push(queue.apply(page(3)), queue.apply(page(4)))
  calls[0]?.succeed()
  await Promise.all(results.slice(0, 2))
  await Promise.resolve()
  calls[1]?.succeed()
  expect((await Promise.all(results)).map(({ syncedCount }) => syncedCount)).toEqual([1, 2, 3, 4])
  expect(calls.map(({ counts }) => counts)).toEqual([
    [1, 2],
    [3, 4],
  ])
})

it('rejects the pages of a call that fails, and continues with the next', async () => {
  const { queue, calls } = start()
  const first = queue.apply(page(1))
  await Promise.resolve()
  const second = queue.apply(page(2))
  calls[0]?.fail()
  await expect(first).rejects.toThrow('store')
  calls[1]?.succeed()
  expect(await second).toMatchObject({ syncedCount: 2 })
})
