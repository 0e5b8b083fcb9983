import type { Page } from 'playwright-core'
import { createHash } from 'node:crypto'
import { writeObject } from '../scripts/lib/emulator-rest.ts'
import { demoPerson } from '../scripts/lib/demo.ts'
import type { UserId } from '../src/shared/domain/ids.ts'
import { hostilePictures, png } from '../tests/support/hostile-files.ts'
import { letters, writeChat, writtenMessage } from '../tests/support/written-chat.ts'
import { reseed, withDemoPeople, type BenchContext } from './context.ts'
import { ms, type Figure } from './figures.ts'
import { recordTasks } from './tasks.ts'

const SENDER = 'Trap Maker'
/** Longer than this, the app seems to hang, in ms. */
const HANG = 200
/** How long the app is observed after the last file was shown or refused, in ms. */
const AFTERMATH = 3000

/** Measures how long files that are made to do harm keep the page and main busy, when they are dropped and when they arrive. */
export async function benchHostile(context: BenchContext): Promise<Figure[]> {
  const [me] = await reseed(context, { people: 3, chats: 2, messages: 24 })
  if (me === undefined) throw new Error('Too few people.')
  return withDemoPeople(context, [0], async ({ app }) => {
    const { page } = app
    await app.openChat(demoPerson(1).displayName)
    await app.composer.waitFor()
    // The first drop loads the code of the sheet and does not count.
    await page.evaluate(dropFiles, encoded([png(40, 30)]))
    await page.locator('[role="dialog"] [data-tile]').waitFor()
    const dropped = await observe(page, async () => {
      await page.evaluate(dropFiles, encoded(Object.values(hostilePictures)))
      await page.getByRole('dialog').waitFor()
    })
    await page.keyboard.press('Escape')
    await sendHostile(context, me)
    await app.chatRow(SENDER).waitFor()
    const received = await observe(page, async () => {
      await app.openChat(SENDER)
      await page.locator('[data-message-id]').first().waitFor()
    })
    return [...figuresOf('dropped', dropped), ...figuresOf('received', received)]
  })
}

interface Observed {
  /** Longest task of the page, time on the processor in ms. */
  task: number
  /** Longest time until main answered a call, in ms. */
  answer: number
}

/** Observes the page and main during the work and for some seconds after it. */
async function observe(page: Page, work: () => Promise<void>): Promise<Observed> {
  const stop = await recordTasks(page)
  const answer = page.evaluate(longestAnswer)
  await work()
  await page.waitForTimeout(AFTERMATH)
  await page.evaluate(() => window.dispatchEvent(new Event('bench-observed')))
  const longest = await answer
  const { tasks } = await stop()
  return { task: Math.max(0, ...tasks.map(({ processor }) => processor)), answer: longest }
}

/** Runs in the page: calls main again and again until the event. Returns the longest time until an answer, in ms. */
async function longestAnswer(): Promise<number> {
  const over = new AbortController()
  window.addEventListener('bench-observed', () => over.abort(), { once: true })
  let longest = 0
  while (!over.signal.aborted) {
    const asked = performance.now()
    await window.perch?.call(null, 'app.info', undefined)
    longest = Math.max(longest, performance.now() - asked)
    await new Promise((next) => setTimeout(next, 20))
  }
  return longest
}

function figuresOf(what: string, { task, answer }: Observed): Figure[] {
  const count = Object.keys(hostilePictures).length
  return [
    {
      name: `${String(count)} hostile files ${what}, longest task of the page`,
      value: task,
      unit: 'ms',
      budget: HANG,
      detail: `main answered after at most ${ms(answer)}`,
    },
  ]
}

const encoded = (files: readonly Buffer[]): string[] => files.map((bytes) => bytes.toString('base64'))

/** Runs in the page: drops files of these bytes (base64) on the composer, all with the name of a photo. */
function dropFiles(files: readonly string[]): void {
  const data = new DataTransfer()
  for (const [n, file] of files.entries()) {
    const bytes = Uint8Array.from(atob(file), (byte) => byte.charCodeAt(0))
    data.items.add(new File([bytes], `photo-${String(n)}.jpg`, { type: 'image/jpeg' }))
  }
  const init = { bubbles: true, cancelable: true, dataTransfer: data }
  const target = document.querySelector('[role="dialog"] textarea') ?? document.querySelector('textarea')
  target?.dispatchEvent(new DragEvent('drop', init))
}

async function sendHostile({ backend }: BenchContext, reader: UserId): Promise<void> {
  await writeChat(reader, {
    profile: { displayName: SENDER },
    messages: async (senderId, chatId) =>
      Promise.all(
        Object.values(hostilePictures).map(async (bytes) => {
          const object = letters()
          await writeObject(backend, `chats/${chatId}/${object}`, {
            bytes,
            type: 'image/png',
            owner: senderId,
          })
          const sha256 = createHash('sha256').update(bytes).digest('hex')
          const file = { object, size: bytes.length, sha256, mime: 'image/png', enc: null }
          return writtenMessage(senderId, { kind: 'photo', width: 400, height: 120, hash: '', file })
        }),
      ),
  })
}
