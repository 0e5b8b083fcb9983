import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { signUp, type Person } from '../tests/support/people.ts'
import { startPushBackend, untilPushed, untilReleased } from '../tests/support/push-backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import { ensureElectron } from './lib/electron.ts'

const help = `
npm run soak:push [-- options]

Writes messages to somebody whose app is in the tray without a page, while pushes are lost, late, doubled and out of order, and
connections are cut. Each message must show exactly one notification. Ends with one line of figures.

  --messages N  number of messages (100)
  --pace N      divides the times of the tray; at 60 a page is released after five seconds (60)
`

const FAULTS = { lose: 0.1, delayMs: 500, duplicate: 0.2, reorder: 0.1, cut: 0.1 }
/** A lost push is made up for by the next poll: after 15 minutes, divided by the pace. In ms, with the time to load the page. */
const limitAt = (pace: number): number => (15 * 60_000) / pace + 60_000
const POLL_MS = 200

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { messages: { type: 'string' }, pace: { type: 'string' } },
  })
  const messages = wholeNumber('messages', values.messages, 100, 1)
  const pace = wholeNumber('pace', values.pace, 60, 1)
  await ensureElectron()
  await ensureBuilt()
  const backend = await startPushBackend(pace)
  const [ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
  try {
    await ada.app.openChatWith(ben.phone, ben.name)
    await ada.app.send('Hello')
    await ben.app.openChat(ada.name)
    await untilPushed(ben)
    await ben.perch.window.close()
    Object.assign(backend.fcm.faults, FAULTS)
    const times: number[] = []
    for (let n = 1; n <= messages; n++) {
      await untilReleased(ben)
      const time = await notified(ada, ben, `Message ${String(n)}.`, limitAt(pace))
      if (time !== undefined) times.push(time)
      if (n % 10 === 0) note(`${String(n)} of ${String(messages)}`)
    }
    await untilReleased(ben)
    return await conclude(ben, messages, times)
  } finally {
    await ada.leave()
    await ben.leave()
    await backend.stop()
  }
})

/** Sends a text. Returns the ms until its notification is shown; undefined: it never was. */
async function notified(
  sender: Person,
  reader: Person,
  text: string,
  limit: number,
): Promise<number | undefined> {
  await sender.app.send(text)
  const sent = Date.now()
  while (Date.now() - sent < limit) {
    if ((await reader.perch.notifications()).some(({ body }) => body === text)) return Date.now() - sent
    await delay(POLL_MS)
  }
  step(`No notification: ${text}`)
  return undefined
}

async function conclude(reader: Person, messages: number, times: readonly number[]): Promise<number> {
  const bodies = (await reader.perch.notifications()).map(({ body }) => body)
  const once = Array.from({ length: messages }, (_, n) => `Message ${String(n + 1)}.`).filter(
    (text) => bodies.filter((body) => body === text).length === 1,
  ).length
  const problems = await reader.perch.problems()
  for (const problem of problems) note(problem)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${((sorted[Math.floor(sorted.length * share)] ?? NaN) / 1000).toFixed(1)} s`
  console.log(
    `soak:push: ${String(once)} of ${String(messages)} messages showed exactly one notification; p50 ${at(0.5)}, p95 ${at(0.95)}; ${String(problems.length)} problems`,
  )
  return once === messages && problems.length === 0 ? 0 : 1
}
