import { chatOf, demoChat } from '../scripts/lib/demo.ts'
import { chatFields, messageFields } from '../scripts/lib/documents.ts'
import { writeDocuments, type DocumentWrite } from '../scripts/lib/emulator-rest.ts'
import { messageIdSchema, type UserId } from '../src/shared/domain/ids.ts'
import { toRawBody } from '../src/shared/messages/body.ts'
import type { WireMessage } from '../src/shared/messages/envelope.ts'
import type { LaunchedApp } from '../tests/support/launch.ts'
import type { Person } from '../tests/support/people.ts'
import { launchPage, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'
import { APP_ROW } from './paint.ts'
import { startPerch, untilSynced } from './start.ts'

const CHATS = 50
const MESSAGES = 500
const RUNS = 4
/** Messages per chat before the first run. */
const OLD_MESSAGES = 5

/** In ms. */
interface CatchUp {
  /** From process start to the painted list, without new messages. */
  calm: number
  /** From page start until a page with the bare SDK has the last message. */
  bare: number
  /** The same with all new messages. */
  usable: number
  /** From page start to the last message in the replica. */
  complete: number
  /** Longest task of the page after the list was usable. */
  longestTask: number
}

declare global {
  interface Window {
    benchArrived: {
      ids: Set<string>
      /** When the latest new message arrived, in ms since page start. */ at: number
    }
    benchTasks: { startTime: number; duration: number }[]
  }
}

/** Measures a start after others wrote while the app was closed: when the list is usable, when all messages have arrived. */
export async function benchCatchUp(context: BenchContext): Promise<Figure[]> {
  const [me] = await reseed(context, { people: CHATS + 1, chats: CHATS, messages: OLD_MESSAGES })
  if (me === undefined) throw new Error('Nobody is there.')
  return withDemoPeople(context, [0], async (person) => {
    await untilSynced(person, CHATS)
    await person.quit()
    const runs: CatchUp[] = []
    for (let run = 0; run < RUNS; run++) {
      const { rendered: calm } = await startPerch(person)
      await person.quit()
      const since = Date.now() - 1
      await writeMessages(context, run)
      const bare = await catchUpBare(context, me, since)
      runs.push({ calm, bare, ...(await catchUp(person)) })
      await untilSynced(person, CHATS)
      await person.quit()
    }
    const each = (key: keyof CatchUp): string => runs.map((run) => ms(run[key])).join(', ')
    const longest = (key: keyof CatchUp): number => Math.max(...runs.map((run) => run[key]))
    return [
      {
        name: 'catch-up, 500 messages in 50 chats: list usable, over none',
        value: median(runs.map(({ usable, calm }) => usable / calm)),
        unit: '×',
        budget: 1.1,
        detail: `p50 of ${each('usable')} against ${each('calm')}`,
      },
      {
        name: 'catch-up: complete, from page start',
        value: longest('complete'),
        unit: 'ms',
        budget: 3000,
        detail: `longest of ${each('complete')}`,
      },
      {
        name: 'catch-up: complete with the bare SDK, the floor',
        value: longest('bare'),
        unit: 'ms',
        budget: null,
        detail: `longest of ${each('bare')}; Perch takes ${(longest('complete') / longest('bare')).toFixed(2)} × as long`,
      },
      {
        name: 'catch-up: longest task once the list is usable',
        value: longest('longestTask'),
        unit: 'ms',
        budget: 100,
        detail: `longest of ${each('longestTask')}`,
      },
    ]
  })
}

/** Writes new messages by the others into every chat of the first person. */
async function writeMessages({ backend }: BenchContext, run: number): Promise<void> {
  const each = MESSAGES / CHATS
  const now = Date.now()
  const writes = Array.from({ length: CHATS }, (_, chat): DocumentWrite[] => {
    const known = demoChat([0, chat + 1], { messageCount: OLD_MESSAGES, quiet: 0, unread: false, now })
    const { id: chatId, memberIds, createdAt } = known.chat
    const senderId = memberIds.find((member) => !member.endsWith('000000'))
    if (senderId === undefined) return []
    const messages = Array.from({ length: each }, (__, n): WireMessage => {
      const id = `catch-up-${String(run)}-${String(chat).padStart(4, '0')}-${String(n).padStart(4, '0')}`
      const text = `While you were away, message ${String(n)} of run ${String(run)}`
      return {
        id: messageIdSchema.parse(id),
        chatId,
        senderId,
        sentAt: now + n,
        updatedAt: now + n,
        seq: run * each + n,
        body: toRawBody({ kind: 'text', text }),
        editedAt: null,
        deletedAt: null,
      }
    })
    const messageCount = OLD_MESSAGES + (run + 1) * each
    const summary = {
      ...chatOf(memberIds, messages, now + each - 1),
      createdAt,
      messageCount,
      revision: messageCount,
    }
    return [
      ...messages.map((message) => ({
        path: `chats/${chatId}/messages/${message.id}`,
        fields: messageFields(message),
      })),
      { path: `chats/${chatId}`, fields: chatFields(summary, senderId) },
    ]
  })
  await writeDocuments(backend, writes.flat())
}

/** The same messages with the bare SDK: no replica, no list, no receipts. */
async function catchUpBare(context: BenchContext, me: UserId, since: number): Promise<number> {
  const launched = await launchPage(context, 'bare-sdk.html')
  try {
    await launched.page.waitForFunction(() => 'benchBare' in window)
    return await launched.page.evaluate((call) => window.benchBare.catchUp(...call), [
      context.backend,
      me,
      since,
      MESSAGES,
    ] as const)
  } finally {
    await launched.close()
  }
}

async function catchUp(person: Person): Promise<Omit<CatchUp, 'calm' | 'bare'>> {
  const { rendered: usable } = await startPerch(person, watchArrivals)
  const { page } = person.app
  const found = await page.waitForFunction(
    ({ expected, row }) => {
      const { benchArrived, benchTasks, benchPaintedAt } = window
      const usableAt = benchPaintedAt?.[row]
      if (benchArrived.ids.size < expected || usableAt === undefined) return undefined
      const from = usableAt - performance.timeOrigin
      const late = benchTasks.filter((task) => task.startTime + task.duration > from)
      return {
        complete: benchArrived.at,
        longestTask: Math.max(0, ...late.map(({ duration }) => duration)),
      }
    },
    { expected: MESSAGES, row: APP_ROW },
    { polling: 100, timeout: 60_000 },
  )
  const result = await found.jsonValue()
  if (result === undefined) throw new Error('The messages did not arrive.')
  return { usable, ...result }
}

/** Records from page start which messages the replica announces and which tasks take more than 50 ms. */
async function watchArrivals({ app }: LaunchedApp): Promise<void> {
  await app.context().addInitScript(() => {
    window.benchArrived = { ids: new Set(), at: 0 }
    window.benchTasks = []
    new PerformanceObserver((list) => {
      window.benchTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))
    }).observe({ type: 'longtask', buffered: true })
    const listen = (): void => {
      if (window.perch === undefined) {
        setTimeout(listen)
        return
      }
      window.perch.listen((event) => {
        if (event.name !== 'replica.changed') return
        const before = window.benchArrived.ids.size
        for (const { id } of event.payload.messages) {
          if (id.startsWith('catch-up-')) window.benchArrived.ids.add(id)
        }
        if (window.benchArrived.ids.size > before) window.benchArrived.at = performance.now()
      })
    }
    listen()
  })
}
