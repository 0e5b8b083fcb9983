import { join } from 'node:path'
import { chatOf } from '../scripts/lib/demo.ts'
import { chatFields } from '../scripts/lib/documents.ts'
import { writeDocuments } from '../scripts/lib/emulator-rest.ts'
import { openStore } from '../src/main/store/store.ts'
import type { UserId } from '../src/shared/domain/ids.ts'
import type { Attachment } from '../src/shared/messages/attachment.ts'
import type { WireMessage } from '../src/shared/messages/envelope.ts'
import type { Person } from '../tests/support/people.ts'
import { injectProbe, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, percentile, scrollFigure, type Figure } from './figures.ts'
import { fill, LONG_CHAT_PREFIX, longChat } from './store.ts'

const MESSAGES = 100_000
const LOADED = 10_000
/** Messages that the app loads at a time. */
const PAGE = 60
const OPENINGS = 40
/** Openings that are not counted. */
const WARM_UP = 3
/** px per frame; less than a screen, so that every row becomes visible. */
const SCROLL_STEP = 600

/** Measures a chat of 100,000 messages in the replica: opening it, loading 10,000 rows and scrolling through them. */
export async function benchLongChat(context: BenchContext): Promise<Figure[]> {
  // The first person has a short chat with the second and the long one with the third.
  const [me, , peer] = await reseed(context, { people: 3, chats: 1, messages: 24 })
  if (me === undefined || peer === undefined) throw new Error('Too few people.')
  return withDemoPeople(context, [0], async (person) => {
    await person.app.chatRow('Ben Demo').waitFor()
    await person.quit()
    await addStoredChat(context, person, { me, peer, messages: longChat(MESSAGES, me, peer, Date.now()) })
    await person.start()
    await injectProbe(context, person.app.page)
    const openings = await openRepeatedly(person)
    const { page } = person.app
    const loading = await page.evaluate((pages) => window.benchProbe.loadOlder(pages), LOADED / PAGE)
    const scrolling = await page.evaluate(
      (step) => window.benchProbe.scrollDown('messages', step),
      SCROLL_STEP,
    )
    return [
      {
        name: 'open a chat of 100,000 messages, p95 to first paint',
        value: percentile(openings, 0.95),
        unit: 'ms',
        budget: 100,
        detail: `p50 ${ms(median(openings))}`,
      },
      scrollFigure('10,000 rows', scrolling),
      {
        name: 'load older pages up to 10,000 rows, longest frame',
        value: Math.max(...loading),
        unit: 'ms',
        budget: null,
        detail: `p95 ${ms(percentile(loading, 0.95))}`,
      },
    ]
  })
}

interface StoredChat {
  me: UserId
  peer: UserId
  messages: WireMessage[]
  /** Files that are in the account's media folder. */
  files?: readonly Attachment[]
}

/** Fills the replica of an app that is not running. The wire only needs the chat document, because the replica has all messages. */
export async function addStoredChat(
  { backend }: BenchContext,
  { userData }: Person,
  { me, peer, messages, files = [] }: StoredChat,
): Promise<void> {
  const now = Date.now()
  const chat = chatOf([me, peer].toSorted(), messages, now)
  await writeDocuments(backend, [{ path: `chats/${chat.id}`, fields: chatFields(chat, me) }])
  const store = openStore({
    workerFile: new URL('../src/main/store/worker.ts', import.meta.url),
    directory: join(userData, 'replicas'),
  })
  try {
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.apply', { collection: 'chats', items: [chat], cursor: now })
    await fill(store, me, messages)
    for (const { sha256, size } of files)
      await store.call(me, 'files.add', { sha256, size, quota: Number.MAX_SAFE_INTEGER })
  } finally {
    await store.close()
  }
}

async function openRepeatedly({ app }: Person): Promise<number[]> {
  const times: number[] = []
  for (let n = 0; n < WARM_UP + OPENINGS; n++) {
    await app.openChat('Ben Demo')
    await app.page.evaluate(() => window.benchProbe.atRest())
    // The page observes before the click: a message from Node that arrives late would be measured as the app's time.
    const opened = app.page.evaluate((prefix) => window.benchProbe.opened(prefix), LONG_CHAT_PREFIX)
    await app.chatRow('Chloe Demo').click()
    times.push(await opened)
  }
  return times.slice(WARM_UP)
}
