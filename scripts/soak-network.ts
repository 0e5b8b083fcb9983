import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Message } from '../src/shared/messages/envelope.ts'
import { directChatId } from '../src/shared/domain/ids.ts'
import { shownMessages, startSignedIn, texts, type SignedInClient } from '../tests/support/client.ts'
import { startTcpProxy, type TcpProxy } from '../tests/support/tcp-proxy.ts'
import { withBackend } from './lib/backend.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import { seededRandom } from './lib/random.ts'

const help = `
npm run soak:network [-- options]

Two people write to each other while the network between them and Firestore is cut and restored at random times. At the end
both must have the same messages in the same order, without loss or duplicates, and each person's messages in the order
they were written.

  --cuts N       number of cuts (20)
  --messages N   messages that each person writes (200)
  --seed N       repeat the random times of a run (default: random; it is printed)
`

const LIMIT_MS = 5 * 60_000

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { cuts: { type: 'string' }, messages: { type: 'string' }, seed: { type: 'string' } },
  })
  const seed = wholeNumber('seed', values.seed, Math.floor(Math.random() * 2 ** 31))
  const plan = {
    cuts: wholeNumber('cuts', values.cuts, 20),
    messages: wholeNumber('messages', values.messages, 200, 1),
    random: seededRandom(seed),
  }
  step(`Seed ${String(seed)}: ${String(plan.cuts)} cuts, ${String(plan.messages)} messages each way`)
  return withBackend(async ({ backend }) => {
    if (backend.emulator === null) throw new Error('The backend has no emulator.')
    const proxy = await startTcpProxy(backend.emulator.firestorePort)
    const proxied = { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }
    const [ada, ben] = await Promise.all([
      startSignedIn({ backend: proxied }, { name: 'Ada' }),
      startSignedIn({ backend: proxied }, { name: 'Ben' }),
    ])
    const started = Date.now()
    const problems = await exchange(ada, ben, proxy, plan)
    const seconds = Math.round((Date.now() - started) / 1000)
    await Promise.all([ada.close(), ben.close()])
    await proxy.stop()
    for (const problem of problems) note(problem)
    if (problems.length > 0) for (const person of [ada, ben]) note(person.log.slice(-20).join('\n'))
    const sent = 2 * plan.messages
    console.log(
      `soak:network: ${String(plan.cuts)} cuts, ${String(sent)} messages, ${String(problems.length)} problems, ` +
        `${String(seconds)} s, seed ${String(seed)}`,
    )
    return problems.length === 0 ? 0 : 1
  })
})

interface Plan {
  cuts: number
  messages: number
  random: () => number
}

/** Writes all messages while the network is cut, waits for both sides, and returns the problems found. */
async function exchange(
  ada: SignedInClient,
  ben: SignedInClient,
  proxy: TcpProxy,
  plan: Plan,
): Promise<string[]> {
  const chatId = directChatId(ada.me, ben.me)
  await Promise.all([ada.services.chats.openDirect(ben.me), ben.services.chats.openDirect(ada.me)])
  await Promise.all([write(ada, 'Ada', ben, plan), write(ben, 'Ben', ada, plan), cutRepeatedly(proxy, plan)])
  step('All messages are written and the network is restored; waiting for both sides to agree')
  const expected = 2 * plan.messages
  const arrived = await Promise.race([
    Promise.all([ada, ben].map((person) => untilAll(person, expected))).then(() => true),
    delay(LIMIT_MS).then(() => false),
  ])
  const [onAda, onBen] = await Promise.all([ada.messages(chatId), ben.messages(chatId)])
  return [
    ...(arrived ? [] : ['The two sides did not receive all messages in time.']),
    ...(await Promise.all([check('Ada', ada, onAda, plan), check('Ben', ben, onBen, plan)])).flat(),
    ...(texts(onAda).join('\n') === texts(onBen).join('\n') ? [] : ['The two sides differ.']),
  ]

  async function write(
    from: SignedInClient,
    name: string,
    to: SignedInClient,
    { messages, random }: Plan,
  ): Promise<void> {
    const chat = directChatId(from.me, to.me)
    for (let index = 0; index < messages; index++) {
      await from.services.conversation.send(chat, { kind: 'text', text: `${name} ${String(index)}` })
      // Mostly slow, so that the messages span all cuts; sometimes a burst.
      if (random() < 0.7) await delay(random() * 300)
    }
  }
}

async function cutRepeatedly(proxy: TcpProxy, { cuts, random }: Plan): Promise<void> {
  for (let cut = 1; cut <= cuts; cut++) {
    await delay(200 + random() * 2000)
    proxy.cut()
    const durationMs = 50 + random() * 1500
    await delay(durationMs)
    proxy.restore()
    note(`cut ${String(cut)} of ${String(cuts)}: ${String(Math.round(durationMs))} ms`)
  }
}

/** Resolves when the open conversation has this many messages and the server has acknowledged all of them. */
function untilAll(person: SignedInClient, expected: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const check = (): void => {
    const messages = shownMessages(person.store.getState())
    if (messages.length >= expected && messages.every(({ sentAt }) => sentAt !== null)) resolve()
  }
  const unsubscribe = person.store.subscribe(check)
  check()
  return promise.finally(unsubscribe)
}

/** Compares the messages of one side with what was written. */
async function check(
  name: string,
  person: SignedInClient,
  messages: readonly Message[],
  plan: Plan,
): Promise<string[]> {
  const problems: string[] = []
  const written = texts(messages)
  if (new Set(written).size !== written.length) problems.push(`${name} has duplicate messages.`)
  for (const writer of ['Ada', 'Ben']) {
    const own = written.filter((text) => text.startsWith(writer))
    const expected = Array.from({ length: plan.messages }, (_, index) => `${writer} ${String(index)}`)
    const missing = expected.filter((text) => !own.includes(text))
    if (missing.length > 0) problems.push(`${name} does not have ${missing.join(', ')}.`)
    else if (own.join() !== expected.join())
      problems.push(`${name} has the messages of ${writer} in another order.`)
  }
  if (!messages.every(({ delivery }) => delivery === 'sent'))
    problems.push(`${name} has messages that are not sent.`)
  const sends = (await person.pending()).filter(({ kind }) => kind === 'send')
  if (sends.length > 0) problems.push(`${name} still has ${String(sends.length)} unsent messages.`)
  return problems
}
