import { join } from 'node:path'
import { expect } from '@playwright/test'
import { writeDocuments } from '../scripts/lib/emulator-rest.ts'
import { groupDocuments } from '../scripts/lib/group-documents.ts'
import { seededRandom } from '../scripts/lib/random.ts'
import { openStore } from '../src/main/store/store.ts'
import { chatIdSchema, type UserId } from '../src/shared/domain/ids.ts'
import type { Person } from '../tests/support/people.ts'
import { bridgeOf } from '../tests/support/remote-bridge.ts'
import { injectProbe, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, percentile, scrollFigure, type Figure } from './figures.ts'
import { coldStarts, untilSynced } from './start.ts'
import { longChatWords } from './store.ts'

const PEOPLE = 256
const DIRECT = 50
const GROUPS = 300
const TEXTS = 40
const SEARCHES = 400
/** Time in ms after which a start has done its work: receipts are written, presences are known. */
const REST_MS = 5000
/** px per frame; less than a screen, so that every row becomes visible. */
const SCROLL_STEP = 300

/** An account with many groups, some of them with every person: cold start, scrolling the list, search. */
export async function benchManyGroups(context: BenchContext): Promise<Figure[]> {
  const people = await reseed(context, { people: PEOPLE, chats: DIRECT, messages: 24 })
  await writeGroups(context, people)
  return withDemoPeople(context, [0], async (person) => {
    await untilSynced(person, DIRECT + GROUPS)
    const bridge = await bridgeOf(person.app.page)
    const behind = async (): Promise<number> => (await bridge.call('replica.chatsBehind')).length
    await expect.poll(behind, { timeout: 120_000 }).toBe(0)
    const what = `${String(GROUPS)} groups and ${String(DIRECT)} direct chats`
    const start = await coldStarts(context, person, what)
    await person.start()
    await untilSynced(person, DIRECT + GROUPS)
    await person.app.page.waitForTimeout(REST_MS)
    await injectProbe(context, person.app.page)
    const scrolled = await person.app.page.evaluate(
      (step) => window.benchProbe.scrollDown('chats', step),
      SCROLL_STEP,
    )
    await person.quit()
    const { times, found } = await search(person, people[0])
    return [
      ...start,
      scrollFigure(`the list of ${what}`, scrolled),
      {
        name: `search with ${what}, p95 (store)`,
        value: found > 0 ? percentile(times, 0.95) : Number.NaN,
        unit: 'ms',
        budget: 30,
        detail: `p50 ${ms(median(times))}, longest ${ms(Math.max(...times))}; ${String(found)} messages found`,
      },
    ]
  })
}

/** Three groups with everybody, the others with 12 or 64 members. The first person is in all of them. */
async function writeGroups({ backend }: BenchContext, people: readonly UserId[]): Promise<void> {
  const [me, ...others] = people
  if (me === undefined) throw new Error('Nobody is there.')
  const next = seededRandom(21)
  const words = longChatWords()
  const word = (): string => words[Math.floor(next() ** 3 * words.length)] ?? ''
  for (let index = 0; index < GROUPS; index++) {
    const size = index < 3 ? others.length : index % 5 === 0 ? 63 : 11
    const first = index % others.length
    const members = [...others, ...others].slice(first, first + size)
    const [owner = me, ...rest] = members
    const group = {
      id: chatIdSchema.parse(`ManyGroups${String(index).padStart(10, '0')}`),
      title: `${word()} ${word()} ${String(index)}`,
      memberIds: [owner, me, ...rest],
      texts: Array.from({ length: TEXTS }, () =>
        Array.from({ length: 3 + Math.floor(next() * 15) }, word).join(' '),
      ),
      at: Date.now() - index * 90_000,
    } as const
    await writeDocuments(backend, groupDocuments(group))
  }
}

/** Searches in the person's replica, whose app has ended. Returns the durations in ms, and how many messages were found together. */
async function search(
  { userData }: Person,
  me: UserId | undefined,
): Promise<{ times: number[]; found: number }> {
  if (me === undefined) throw new Error('Nobody is there.')
  const store = openStore({
    workerFile: new URL('../src/main/store/worker.ts', import.meta.url),
    directory: join(userData, 'replicas'),
  })
  const next = seededRandom(11)
  const words = longChatWords()
  const times: number[] = []
  let found = 0
  try {
    await store.call(me, 'replica.open', undefined)
    for (let n = 0; n < SEARCHES; n++) {
      const word = words[Math.floor(next() ** 3 * words.length)] ?? 'a'
      const started = performance.now()
      const text = word.slice(0, 1 + (n % 4))
      const messages = await store.call(me, 'replica.search', { text, chatId: null, limit: 50 })
      times.push(performance.now() - started)
      found += messages.length
    }
    return { times, found }
  } finally {
    await store.close()
  }
}
