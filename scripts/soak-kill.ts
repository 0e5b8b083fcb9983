import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { directChatId, type ChatId } from '../src/shared/domain/ids.ts'
import { positionOf, type Message } from '../src/shared/messages/envelope.ts'
import { Person } from '../tests/support/people.ts'
import { bridgeOf } from '../tests/support/remote-bridge.ts'
import { withBackend, type RunningBackend } from './lib/backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { complain, note, step } from './lib/console.ts'
import { demoPerson } from './lib/demo.ts'
import { ensureElectron } from './lib/electron.ts'
import { readCollection } from './lib/emulator-rest.ts'
import { add, emptyVerdict, judge, type Entry, type Verdict } from './lib/kill-ledger.ts'
import { seededRandom } from './lib/random.ts'
import { seed } from './lib/seed.ts'

const help = `
npm run soak:kill [-- options]

Types numbered messages into the app's composer and sends them with Enter. Meanwhile it kills the app and all its processes
(SIGKILL) at random times and restarts them. At the end every message that the window showed as saved must be exactly once on
the wire and exactly once in the replica. A text whose sending was interrupted before that may be the chat's draft instead.

  --times N   number of kills (100)
  --seed N    repeat the random times of a run (default: random; it is printed)
`

/** Longest time until a kill, in ms. It starts when the chat is open; for an early kill, when the page begins to load. */
const MAX_LIFE_MS = 2500
/**
 * The emulator keeps the listeners of killed clients and sends every write to all of them. After enough kills one write
 * takes seconds, so the backend is replaced.
 */
const KILLS_PER_BACKEND = 20
const FLUSH_LIMIT_MS = 60_000
const PEER_NAME = demoPerson(1).displayName

class Soak {
  /** Every text whose typing began, in order. */
  readonly entries: Entry[] = []
  readonly #drafts: string[] = []
  readonly #person: Person
  readonly #random: () => number

  constructor(person: Person, random: () => number) {
    this.#person = person
    this.#random = random
  }

  /** Starts the app, writes messages and kills it. Most kills come while writing, some during the start. */
  async runUntilKilled(): Promise<void> {
    const lifeMs = this.#random() * MAX_LIFE_MS
    const isHasty = this.#random() < 0.5
    const isKilledEarly = this.#random() < 0.15
    await this.#person.start()
    const { perch } = this.#person
    let isKilled = false
    const killLater = async (): Promise<void> => {
      await delay(lifeMs)
      isKilled = true
      await perch.kill()
    }
    let killed: Promise<void> | undefined
    try {
      if (isKilledEarly) killed = killLater()
      await this.#openChat()
      killed ??= killLater()
      for (;;) await this.#write(isHasty)
    } catch (error) {
      // Every request to a killed app fails.
      if (!isKilled) throw error
    }
    await killed
  }

  /** Opens the chat, records the draft that the last kill left in the composer, and clears it. */
  async #openChat(): Promise<void> {
    const { app } = this.#person
    await app.openChat(PEER_NAME)
    const draft = await app.composer.inputValue()
    if (draft !== '') this.#drafts.push(draft)
    await app.composer.fill('')
  }

  /** Types a text letter by letter, waits until it is saved as the draft (unless `isHasty`), and sends it. */
  async #write(isHasty: boolean): Promise<void> {
    const { app } = this.#person
    const number = String(this.entries.length + 1).padStart(5, '0')
    // The full stop marks the end, so that a partly typed text is never equal to a complete one.
    const entry: Entry = { text: `No. ${number}.`, progress: 'typing', saved: false }
    this.entries.push(entry)
    await app.composer.pressSequentially(entry.text)
    if (!isHasty) {
      await this.#untilSaved(entry.text)
      entry.saved = true
    }
    entry.progress = 'entered'
    await app.page.keyboard.press('Enter')
    await app.savedBubble(entry.text).waitFor({ state: 'attached' })
    entry.progress = 'shown'
  }

  /** Resolves when the replica has the text as the chat's draft. Rejects when the app ends first. */
  async #untilSaved(text: string): Promise<void> {
    const bridge = await bridgeOf(this.#person.app.page)
    while (!(await bridge.call('replica.chats')).some(({ draft }) => draft === text)) await delay(10)
  }

  /** Starts the app once more, waits until it has sent all messages, and compares wire and replica with what was typed. */
  async compare({ backend }: RunningBackend): Promise<Verdict> {
    note('starting once more and comparing')
    await this.#person.start()
    await this.#openChat()
    const chatId = directChatId(demoPerson(0).id, demoPerson(1).id)
    const replica = await this.#flushedMessages(chatId)
    const wire = await readCollection(backend, `chats/${chatId}/messages`)
    return judge(this.entries, {
      replica: replica.map(({ body }) => (body?.kind === 'text' ? body.text : '')),
      wire: wire.map(({ fields: { body } }) =>
        typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '',
      ),
      drafts: this.#drafts,
    })
  }

  /** Returns every message of the chat once no message waits to be sent, or after a time limit. */
  async #flushedMessages(chatId: ChatId): Promise<Message[]> {
    const bridge = await bridgeOf(this.#person.app.page)
    const deadline = Date.now() + FLUSH_LIMIT_MS
    while ((await bridge.call('outbox.pending')).some(({ kind }) => kind === 'send')) {
      if (Date.now() > deadline) break
      await delay(200)
    }
    const messages: Message[] = []
    for (;;) {
      const [first] = messages
      const before = first ? positionOf(first) : null
      const page = await bridge.call('replica.messages', { chatId, before, limit: 1000 })
      messages.unshift(...page)
      if (page.length < 1000) return messages
    }
  }
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({ args, options: { times: { type: 'string' }, seed: { type: 'string' } } })
  const times = wholeNumber('times', values.times, 100, 1)
  const seedNumber = wholeNumber('seed', values.seed, Math.floor(Math.random() * 2 ** 31))
  await ensureElectron()
  await ensureBuilt()
  const random = seededRandom(seedNumber)
  const started = Date.now()
  const total = emptyVerdict()
  step(`Killing the app ${times} times (seed ${seedNumber})`)
  for (let kills = 0; kills < times; kills += KILLS_PER_BACKEND) {
    const verdict = await withBackend((running) =>
      soak(running, random, Math.min(KILLS_PER_BACKEND, times - kills)),
    )
    report(verdict)
    add(total, verdict)
  }
  const { sent, drafts, unsaved, lost, doubled, differing } = total
  const passed = lost.length + doubled.length + differing.length === 0
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(
    `soak:kill ${passed ? 'passed' : 'FAILED'}: ${times} kills, ${sent} sent, ${lost.length} lost, ${doubled.length} doubled` +
      ` (${drafts} kept as draft, ${unsaved} interrupted before they were saved), ${seconds} s, seed ${seedNumber}`,
  )
  return passed ? 0 : 1
})

/** Runs and kills the app `times` times on one backend. */
async function soak(running: RunningBackend, random: () => number, times: number): Promise<Verdict> {
  process.env['PERCH_BACKEND'] = running.configFile
  const person = await signIn(running)
  try {
    const run = new Soak(person, random)
    for (let kill = 1; kill <= times; kill++) await run.runUntilKilled()
    note(`${times} kills, ${run.entries.length} texts`)
    return await run.compare(running)
  } finally {
    await person.leave()
  }
}

function report({ lost, doubled, differing }: Verdict): void {
  const kinds = { lost, doubled, 'different on the wire and in the replica': differing }
  for (const [what, texts] of Object.entries(kinds)) {
    if (texts.length > 0) complain(`${what}: ${texts.join(' ')}`)
  }
}

/** Seeds a demo person with one chat, signs them in and quits the app. */
async function signIn({ backend, configFile }: RunningBackend): Promise<Person> {
  await seed(backend, { people: 2, chats: 1, messages: 4, now: Date.now() })
  const { phone, displayName } = demoPerson(0)
  const person = new Person({ name: displayName, phone, backend: configFile })
  await person.start()
  await person.signIn({ isKnown: true })
  await person.app.chatRow(PEER_NAME).waitFor()
  await person.quit()
  return person
}
