import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { LaunchedApp } from '../tests/support/launch.ts'
import type { Person } from '../tests/support/people.ts'
import { bridgeOf } from '../tests/support/remote-bridge.ts'
import { launchPage, seedAnew, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'

const CHATS = 500
const STARTS = 7
const ROW = '[data-chat-id]'

declare global {
  interface Window {
    /** When what was waited for had been painted, in ms since the epoch. */
    benchUsableAt?: number
  }
}

/** From the start of the process to the painted list, against a window with a word in it, in turns on the same host. */
export async function benchStart(context: BenchContext): Promise<Figure[]> {
  await seedAnew(context, { people: CHATS + 1, chats: CHATS, messages: 2 })
  const emptyProfile = mkdtempSync(join(tmpdir(), 'perch-bench-empty-'))
  try {
    return await withDemoPeople(context, [0], async (person) => {
      await untilSynced(person, CHATS)
      await person.quit()
      const list: number[] = []
      const empty: number[] = []
      // The first starts fill caches and are not counted.
      for (let n = 0; n <= STARTS; n++) {
        const [emptyTime, listTime] = [await startEmpty(context, emptyProfile), await startList(person)]
        await person.quit()
        if (n === 0) continue
        empty.push(emptyTime)
        list.push(listTime)
      }
      return [
        {
          name: 'cold start to usable list, 500 chats, p50, over an empty window',
          value: median(list) / median(empty),
          unit: '×',
          budget: 1.3,
          detail: `${ms(median(list))} against ${ms(median(empty))}`,
        },
      ]
    })
  } finally {
    rmSync(emptyProfile, { recursive: true, force: true })
  }
}

/** Settles when so many chats and all their messages are in the replica, and nothing waits to be sent. */
export async function untilSynced({ app: { page } }: Person, chats: number): Promise<void> {
  const bridge = await bridgeOf(page)
  const isSynced = async (): Promise<boolean> => {
    const known = await bridge.call('replica.chats')
    const reached = (await bridge.call('replica.syncCursors')).chats ?? 0
    const pending = await bridge.call('outbox.pending')
    const isRead = known.every(({ updatedAt }) => updatedAt <= reached)
    return known.length >= chats && isRead && pending.length === 0
  }
  await expect.poll(isSynced, { timeout: 120_000 }).toBe(true)
}

/** Starts the person's app; from the start of its process to the painted list, in ms. */
export async function startList(
  person: Person,
  prepare?: (app: LaunchedApp) => Promise<void>,
): Promise<number> {
  const begun = Date.now()
  await person.start({ window: false })
  await prepare?.(person.perch)
  return (await usableAt(person.perch, ROW)) - begun
}

async function startEmpty(context: BenchContext, userData: string): Promise<number> {
  const begun = Date.now()
  const launched = await launchPage(context, 'empty.html', { userData, window: false })
  try {
    return (await usableAt(launched, 'main')) - begun
  } finally {
    await launched.close()
  }
}

/** When the first element like this was painted, in ms since the epoch; asked before the window has a page, where that can be. */
async function usableAt(launched: LaunchedApp, selector: string): Promise<number> {
  await launched.app.context().addInitScript(look, selector)
  const page = await launched.firstPage()
  // A page that was quicker than the script has been looked at by nobody.
  await page.evaluate(look, selector)
  return page
    .waitForFunction(() => window.benchUsableAt, undefined, { timeout: 20_000 })
    .then((handle) => handle.jsonValue())
    .then((at) => at ?? Number.NaN)
}

/** In the page: notes when an element like this was painted first. */
function look(wanted: string): void {
  if (window.benchUsableAt !== undefined) return
  const lookAgain = (): void => {
    requestAnimationFrame(() => {
      if (document.querySelector(wanted) === null) {
        lookAgain()
        return
      }
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => {
        window.benchUsableAt ??= performance.timeOrigin + performance.now()
      })
      port1.start()
      port2.postMessage(null)
    })
  }
  lookAgain()
}
