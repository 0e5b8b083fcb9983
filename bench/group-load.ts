import { setTimeout as delay } from 'node:timers/promises'
import { demoPerson } from '../scripts/lib/demo.ts'
import { writeDocuments } from '../scripts/lib/emulator-rest.ts'
import { groupDocuments } from '../scripts/lib/group-documents.ts'
import { newGroupId, type ChatId } from '../src/shared/domain/ids.ts'
import { shownMessages, startSignedIn, type SignedInClient } from '../tests/support/client.ts'
import type { Person } from '../tests/support/people.ts'
import { heapOf, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, percentile, type Figure } from './figures.ts'
import { RestSender } from './rest-sender.ts'
import { recordTasks, type Task } from './tasks.ts'

const MEMBERS = 256
const SENDERS = 20
const PER_SECOND = 20
const SECONDS = 60
const TEXTS = PER_SECOND * SECONDS
const TITLE = 'Town choir'
/** Memory is measured again after this time without messages, in ms. */
const REST_MS = 60_000
const ARRIVAL_LIMIT_MS = 120_000

/**
 * A group of 256 members in which 20 people write 20 texts per second for a minute. One app has it open, another reader is the data
 * layer alone. The emulator takes this rate; in production the group would fall behind (docs/adr/0012).
 */
export async function benchGroupLoad(context: BenchContext): Promise<Figure[]> {
  const people = await reseed(context, { people: MEMBERS, chats: 1, messages: 4 })
  const [owner, ...others] = people
  if (owner === undefined) throw new Error('Too few people.')
  const id = newGroupId()
  const group = {
    id,
    title: TITLE,
    memberIds: [owner, ...others],
    texts: ['Welcome'],
    at: Date.now(),
  } as const
  await writeDocuments(context.backend, groupDocuments(group))
  return withDemoPeople(context, [0], async (person) => {
    const reader = await startSignedIn({ backend: context.backend }, { phone: demoPerson(1).phone })
    try {
      await reader.until('the group', ({ chats }) => chats.has(id))
      await reader.services.conversation.open(id)
      return await measure(context, person, reader, id)
    } finally {
      await reader.close()
    }
  })
}

async function measure(
  context: BenchContext,
  person: Person,
  reader: SignedInClient,
  chatId: ChatId,
): Promise<Figure[]> {
  const { page } = person.app
  await person.app.openChat(TITLE)
  await person.app.messages.getByText('Welcome').waitFor()
  const before = await heapOf(page)
  // After the garbage collection, which can be a long task.
  const endRecording = await recordTasks(page)
  const load = await writeTexts(context, chatId)
  // The texts, the first one, and the event that created the group.
  const all = TEXTS + 2
  await reader.until('every text', (state) => shownMessages(state).length === all)
  await person.app.messages.getByText(textOf(TEXTS - 1)).waitFor({ timeout: ARRIVAL_LIMIT_MS })
  const arrivedMs = performance.now() - load.endedAt
  const { tasks } = await endRecording()
  const after = await heapOf(page)
  await delay(REST_MS)
  const later = await heapOf(page)
  const expected = shownMessages(reader.store.getState()).map(({ id }) => id)
  const shown = await page.evaluate(idsFromTopToBottom)
  const faults = faultsOf(expected, shown)
  return [
    {
      name: 'group load: messages not shown once, or in another order',
      value: faults,
      unit: 'messages',
      budget: 0,
      detail: `${String(new Set(shown.flat()).size)} shown of ${String(expected.length)}; the other reader has the same`,
    },
    {
      name: 'group load: longest task of the page',
      // The server and the senders share the processor with the page, so the time until a task ends says little about the task.
      value: longest(tasks, 'processor'),
      unit: 'ms',
      budget: 200,
      detail: `on the processor, ${String(tasks.filter(({ processor }) => processor > 50).length)} over 50 ms in ${load.seconds.toFixed(0)} s; longest from begin to end ${ms(longest(tasks, 'elapsed'))}`,
    },
    {
      name: 'group load: growth of the heap in a minute of rest afterwards',
      value: later - after,
      unit: 'MB',
      budget: 1,
      detail: `${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after, ${later.toFixed(1)} MB a minute later`,
    },
    {
      name: 'group load: from the last write to its bubble',
      value: arrivedMs,
      unit: 'ms',
      budget: null,
      detail: `${String(TEXTS)} texts by ${String(SENDERS)} people in ${load.seconds.toFixed(1)} s; a write took ${ms(median(load.took))}, p95 ${ms(percentile(load.took, 0.95))}`,
    },
  ]
}

interface Load {
  seconds: number
  /** How long the server took to accept each text, in ms. */
  took: number[]
  /** Monotonic ms. */
  endedAt: number
}

/**
 * Everybody writes in turn, at an even pace. The next text is written once the one before is accepted: the emulator locks the group's
 * document, and writes that overlap would make each other wait for seconds.
 */
async function writeTexts({ backend }: BenchContext, chatId: ChatId): Promise<Load> {
  const senders = Array.from(
    { length: SENDERS },
    (_, index) => new RestSender(backend, demoPerson(index + 2)),
  )
  const startedAt = performance.now()
  const took: number[] = []
  for (let n = 0; n < TEXTS; n++) {
    const sender = senders[n % SENDERS]
    if (sender === undefined) throw new Error('Nobody writes.')
    await delay(Math.max(0, startedAt + (n * 1000) / PER_SECOND - performance.now()))
    const beganAt = performance.now()
    await sender.send(chatId, `load-message-${String(n).padStart(6, '0')}`, textOf(n))
    took.push(performance.now() - beganAt)
  }
  const endedAt = performance.now()
  return { seconds: (endedAt - startedAt) / 1000, took, endedAt }
}

const textOf = (n: number): string => `Text ${String(n)} of the busy minute`

/** Each screen must show a piece of the expected order without a gap, and all screens together every message. */
function faultsOf(expected: readonly string[], screens: readonly string[][]): number {
  const place = new Map(expected.map((id, index) => [id, index]))
  const wrong = screens.flatMap((screen) =>
    screen.filter((id, index) => {
      const before = screen[index - 1]
      return !place.has(id) || (before !== undefined && place.get(id) !== (place.get(before) ?? NaN) + 1)
    }),
  )
  const seen = new Set(screens.flat())
  return new Set(wrong).size + expected.filter((id) => !seen.has(id)).length
}

function longest(tasks: readonly Task[], time: keyof Task): number {
  return tasks.reduce((most, task) => Math.max(most, task[time]), 0)
}

/** Runs in the page: loads the older messages, then scrolls down. Returns the ids of the messages that each frame shows. */
async function idsFromTopToBottom(): Promise<string[][]> {
  const list = document.querySelector('[role="log"]')
  if (list === null) throw new Error('No chat is open.')
  const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done))
  for (let quiet = 0; quiet < 60; quiet++) {
    const height = list.scrollHeight
    list.scrollTop = quiet % 2
    await frame()
    if (list.scrollHeight !== height) quiet = 0
  }
  const screens: string[][] = []
  for (let bottom = false; !bottom;) {
    await frame()
    await frame()
    const rows = [...list.querySelectorAll('[data-message-id]')]
    screens.push(rows.map((row) => row.getAttribute('data-message-id') ?? ''))
    bottom = list.scrollTop + list.clientHeight >= list.scrollHeight - 1
    list.scrollTop += list.clientHeight / 2
  }
  return screens
}
