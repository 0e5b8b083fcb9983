import { beforeEach, expect, it, vi } from 'vitest'
import type { Activity } from '#shared/domain/receipts.ts'
import { activity, ada, chatId, me } from '#shared/domain/test-data.ts'
import type { GroupActivityPart } from '../../data/activity-repository.ts'
import type { Listener } from '../../data/reading.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import { createAppStore } from '../../stores/app-store.ts'
import { GroupActivity } from './group-activity.ts'

interface Followed {
  part: GroupActivityPart
  since: number
  listener: Listener<Activity>
}

let followed: Followed[]
let applied: unknown[]
let stopped: GroupActivityPart[]
let groups: GroupActivity
const read = activity(ada, { readAt: 5, updatedAt: 50_000 })

beforeEach(() => {
  followed = []
  applied = []
  stopped = []
  const call = (_: string, batch: unknown): Promise<void> => Promise.resolve(void applied.push(batch))
  groups = new GroupActivity({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `call` is used
    replica: { call } as unknown as AccountBridge,
    store: createAppStore(),
    repository: {
      followGroup(_, part, since, listener) {
        followed.push({ part, since, listener })
        return () => void stopped.push(part)
      },
      readOwn: () => Promise.resolve(activity(me, { readAt: 7 })),
    },
    report: () => undefined,
  })
})

/** Follows one part, delivers a document and waits until it is stored. */
async function deliver(part: GroupActivityPart, item: Activity): Promise<() => void> {
  const stop = groups.follow(chatId, part)
  const before = applied.length
  followed.at(-1)?.listener.onBatch({ items: [item], cursor: item.updatedAt, full: false })
  await vi.waitFor(() => expect(applied.length).toBeGreaterThan(before))
  await Promise.resolve()
  return stop
}

it('stores what arrives, and does not move the cursor of the activity of direct chats', async () => {
  await deliver('receipts', read)
  expect(applied).toEqual([{ collection: 'activity', items: [read], cursor: null }])
})

it('reads a group whole only once per session, and then what has changed since', async () => {
  const stop = await deliver('receipts', read)
  await vi.waitFor(() => {
    stop()
    groups.follow(chatId, 'receipts')()
    // The overlap of ten seconds is for writes that commit late.
    expect(followed.map(({ since }) => since)).toContain(40_000)
  })
  expect(followed[0]?.since).toBe(0)
})

it('does not take the receipts as read because someone was typing', async () => {
  await deliver('typing', activity(ada, { typingUntil: 60_000, updatedAt: 90_000 }))
  groups.follow(chatId, 'receipts')
  expect(followed.at(-1)?.since).toBe(0)
})

it('asks only for those who type from now on', () => {
  groups.follow(chatId, 'typing')
  expect(followed[0]?.since).toBeGreaterThan(Date.now() - 5000)
})

it('stops the listener', () => {
  groups.follow(chatId, 'typing')()
  expect(stopped).toEqual(['typing'])
})

it('fetches the own activity, which another device may have written', async () => {
  await groups.fetchOwn(chatId)
  expect(applied).toEqual([{ collection: 'activity', items: [activity(me, { readAt: 7 })], cursor: null }])
})
