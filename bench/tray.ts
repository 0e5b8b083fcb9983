import { readdirSync, readFileSync } from 'node:fs'
import { AppPage } from '../tests/support/app-page.ts'
import { signUp, type Person } from '../tests/support/people.ts'
import { startPushBackend, untilPushed, untilReleased } from '../tests/support/push-backend.ts'
import { median, ms, type Figure } from './figures.ts'

const OPENINGS = 5

/** Measures the app in the tray: its processes and their memory with and without the page, and the time from a click to the list. */
export async function benchTray(): Promise<Figure[]> {
  const before = process.env['PERCH_BACKEND']
  const backend = await startPushBackend(60)
  const [ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
  try {
    await ada.app.openChatWith(ben.phone, ben.name)
    await ada.app.send('Hello')
    await ben.app.openChat(ada.name)
    await untilPushed(ben)
    const loaded = processesOf(ben)
    const openings: number[] = []
    let released = loaded
    for (let n = 0; n < OPENINGS; n++) {
      await ben.perch.window.close()
      await untilReleased(ben)
      released = processesOf(ben)
      openings.push(await open(ben, ada.name))
    }
    return [
      {
        name: 'memory of all processes in the tray, without the page',
        value: released.megabytes,
        unit: 'MB',
        budget: null,
        detail: `${String(released.count)} processes; with the page ${loaded.megabytes.toFixed(0)} MB, ${String(loaded.count)} processes`,
      },
      {
        name: 'click on the tray → painted list, without a page, p50',
        value: median(openings),
        unit: 'ms',
        budget: null,
        detail: openings.map((each) => ms(each)).join(', '),
      },
    ]
  } finally {
    await ada.leave()
    await ben.leave()
    await backend.stop()
    if (before !== undefined) process.env['PERCH_BACKEND'] = before
  }
}

async function open(person: Person, name: string): Promise<number> {
  const opening = person.perch.app.waitForEvent('window')
  const clicked = performance.now()
  await person.perch.clickTray()
  await new AppPage(await opening).chatRow(name).waitFor()
  return performance.now() - clicked
}

/** The processes of the app's group. Memory that they share counts once (PSS). Linux only. */
function processesOf({ perch }: Person): { count: number; megabytes: number } {
  const group = String(perch.app.process().pid)
  const kilobytes = readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        // After the name in parentheses: state, parent, group.
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
        if (stat?.[2] !== group) return []
        return [Number(/^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)]
      } catch {
        return [] // It has ended.
      }
    })
  return { count: kilobytes.length, megabytes: kilobytes.reduce((sum, each) => sum + each, 0) / 1000 }
}
