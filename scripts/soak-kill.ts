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
import { add, judge, noVerdict, type Entry, type Verdict } from './lib/kill-ledger.ts'
import { seededRandom } from './lib/random.ts'
import { seed } from './lib/seed.ts'

const help = `
npm run soak:kill [-- options]

Types numbered messages into the app's composer and sends them with Enter, while the app and all its processes are killed
(SIGKILL) at random moments and started again. In the end every message that the window has shown must be on the wire
exactly once and in the replica exactly once; a text whose Enter was cut by the kill may be the chat's draft instead.

  --times N   how often the app is killed (100)
  --seed N    makes the same moments again (a random one, which is printed)
`

/** A kill comes at most this long after the chat is open, or after the page has begun to load. */
const LONGEST_LIFE_MS = 2500
/**
 * The emulator goes on serving the listeners of clients that were killed, and each write is told to all of them: after
 * enough kills it takes seconds for one. So it is replaced.
 */
const KILLS_A_BACKEND = 20
const SETTLE_LIMIT_MS = 60_000
const PEER_NAME = demoPerson(1).displayName

class Soak {
  /** Every text that was begun, in order. */
  readonly entries: Entry[] = []
  readonly #drafts: string[] = []
  readonly #person: Person
  readonly #random: () => number

  constructor(person: Person, random: () => number) {
    this.#person = person
    this.#random = random
  }

  /** One life of the app. Most are ended while texts are written, some while the app still starts. */
  async runUntilKilled(): Promise<void> {
    const lifeMs = this.#random() * LONGEST_LIFE_MS
    const isHasty = this.#random() < 0.5
    const endsEarly = this.#random() < 0.15
    await this.#person.start()
    const { perch } = this.#person
    let isKilled = false
    const killInTime = async (): Promise<void> => {
      await delay(lifeMs)
      isKilled = true
      await perch.kill()
    }
    let killed: Promise<void> | undefined
    try {
      if (endsEarly) killed = killInTime()
      await this.#takeUp()
      killed ??= killInTime()
      for (;;) await this.#write(isHasty)
    } catch (error) {
      // What is asked of an app that is no more fails.
      if (!isKilled) throw error
    }
    await killed
  }

  /** Opens the chat; what stands in the composer is what the last kill left. */
  async #takeUp(): Promise<void> {
    const { app } = this.#person
    await app.openChat(PEER_NAME)
    const draft = await app.composer.inputValue()
    if (draft !== '') this.#drafts.push(draft)
    await app.composer.fill('')
  }

  /** Types a text, letter by letter, and sends it; in haste without waiting until it is kept as the draft. */
  async #write(isHasty: boolean): Promise<void> {
    const { app } = this.#person
    const number = String(this.entries.length + 1).padStart(5, '0')
    // The full stop tells a whole text from the beginning of one.
    const entry: Entry = { text: `No. ${number}.`, progress: 'typing', kept: false }
    this.entries.push(entry)
    await app.composer.pressSequentially(entry.text)
    if (!isHasty) {
      await this.#untilKept(entry.text)
      entry.kept = true
    }
    entry.progress = 'entered'
    await app.page.keyboard.press('Enter')
    await app.bubble(entry.text).waitFor({ state: 'attached' })
    entry.progress = 'taken'
  }

  /** Settles when the replica has the text as the chat's draft; rejects when the app ends before. */
  async #untilKept(text: string): Promise<void> {
    const bridge = await bridgeOf(this.#person.app.page)
    while (!(await bridge.call('replica.chats')).some(({ draft }) => draft === text)) await delay(10)
  }

  /** Starts the app once more, lets it send what it owes, and compares. */
  async conclude({ backend }: RunningBackend): Promise<Verdict> {
    note('starting once more and comparing')
    await this.#person.start()
    await this.#takeUp()
    const chatId = directChatId(demoPerson(0).id, demoPerson(1).id)
    const replica = await this.#settledMessages(chatId)
    const wire = await readCollection(backend, `chats/${chatId}/messages`)
    return judge(this.entries, {
      replica: replica.map(({ body }) => (body?.kind === 'text' ? body.text : '')),
      wire: wire.map(({ fields: { body } }) =>
        typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '',
      ),
      drafts: this.#drafts,
    })
  }

  /** Every message of the chat, once nothing waits to be sent. */
  async #settledMessages(chatId: ChatId): Promise<Message[]> {
    const bridge = await bridgeOf(this.#person.app.page)
    const deadline = Date.now() + SETTLE_LIMIT_MS
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
  const begun = Date.now()
  const total = noVerdict()
  step(`Killing the app ${times} times (seed ${seedNumber})`)
  for (let kills = 0; kills < times; kills += KILLS_A_BACKEND) {
    const verdict = await withBackend((running) =>
      soak(running, random, Math.min(KILLS_A_BACKEND, times - kills)),
    )
    report(verdict)
    add(total, verdict)
  }
  const { sent, drafts, unsaved, lost, doubled, differing } = total
  const passed = lost.length + doubled.length + differing.length === 0
  const seconds = Math.round((Date.now() - begun) / 1000)
  console.log(
    `soak:kill ${passed ? 'passed' : 'FAILED'}: ${times} kills, ${sent} sent, ${lost.length} lost, ${doubled.length} doubled` +
      ` (${drafts} kept as draft, ${unsaved} cut while still being typed), ${seconds} s, seed ${seedNumber}`,
  )
  return passed ? 0 : 1
})

/** So many lives of the app on a backend of their own. */
async function soak(running: RunningBackend, random: () => number, times: number): Promise<Verdict> {
  process.env['PERCH_BACKEND'] = running.configFile
  const person = await signIn(running)
  try {
    const lives = new Soak(person, random)
    for (let kill = 1; kill <= times; kill++) await lives.runUntilKilled()
    note(`${times} kills, ${lives.entries.length} texts`)
    return await lives.conclude(running)
  } finally {
    await person.leave()
  }
}

function report({ lost, doubled, differing }: Verdict): void {
  const kinds = { lost, doubled, 'not the same on the wire and in the replica': differing }
  for (const [what, texts] of Object.entries(kinds)) {
    if (texts.length > 0) complain(`${what}: ${texts.join(' ')}`)
  }
}

/** A demo person with one chat, signed in and then ended cleanly. */
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
