import { fork, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { directChatId } from '../src/shared/domain/ids.ts'
import { newObjectId } from '../src/shared/messages/attachment.ts'
import { attachmentOf } from '../src/shared/messages/body.ts'
import { removeTemporaryDirectories, startSignedIn, temporaryDirectory } from '../tests/support/client.ts'
import { startTcpProxy, type TcpProxy } from '../tests/support/tcp-proxy.ts'
import { withBackend } from './lib/backend.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import type { SenderReport } from './lib/media-sender.ts'

const help = `
npm run soak:media [-- options]

Somebody sends a file. Their app is killed and the network to Storage is cut again and again while the file is uploaded, and the network
is cut while it is downloaded. The file must arrive once and byte-identical, and the sender may not use much more memory than
idle. Ends with one line of figures.

  --megabytes N  size of the file (90)
  --kills N      number of kills, and of cuts (10)
`

const MB = 1024 * 1024
const LIMIT_MS = 10 * 60_000
/** Most memory that the sender may use above idle. */
const MEMORY_LIMIT = 120 * MB
const reportSchema: z.ZodType<SenderReport> = z.object({ memory: z.number(), done: z.number().nullable() })

interface Sender {
  child: ChildProcess
  idle: number
  peak: number
  done: number
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { megabytes: { type: 'string' }, kills: { type: 'string' } },
  })
  const size = wholeNumber('megabytes', values.megabytes, 90, 1) * MB
  const kills = wholeNumber('kills', values.kills, 10)
  return withBackend(async ({ backend }) => {
    if (backend.emulator === null) throw new Error('The backend has no emulator.')
    const proxy = await startTcpProxy(backend.emulator.storagePort)
    const proxied = { ...backend, emulator: { ...backend.emulator, storagePort: proxy.port } }
    const directory = temporaryDirectory()
    const ada = await startSignedIn({ backend: proxied, directory }, { name: 'Ada' })
    const ben = await startSignedIn({ backend: proxied }, { name: 'Ben' })
    const chatId = directChatId(ada.me, ben.me)

    step(`Ada sends ${String(size / MB)} MB while there is no network`)
    const bytes = randomBytes(size)
    const wanted = createHash('sha256').update(bytes).digest('hex')
    proxy.cut()
    await ada.services.chats.openDirect(ben.me)
    const file = await (await ada.services.media()).importFile(new Blob([bytes]))
    const attachment = { ...file, object: newObjectId(), mime: 'application/zip', enc: null }
    await ada.services.conversation.send(chatId, { kind: 'file', file: attachment, name: 'large.zip' })
    await ada.close()

    const backendFile = join(directory, 'backend.json')
    writeFileSync(backendFile, JSON.stringify(proxied))
    const began = Date.now()
    const senders = await sendWithInterruptions(proxy, kills, size, () =>
      startSender([backendFile, directory, ada.phone]),
    )
    await ben.until('the message arrives', ({ chats }) => chats.get(chatId)?.messageCount === 1)
    const seconds = Math.round((Date.now() - began) / 1000)

    step('Ben downloads the file, also over cuts')
    const media = await ben.services.media()
    for (
      let attempt = 0;
      attempt < kills && ben.store.getState().files.get(file.sha256) !== true;
      attempt++
    ) {
      const downloading = media.download({ chatId }, attachment)
      await delay(50)
      proxy.cut()
      await downloading
      proxy.restore()
    }
    await media.download({ chatId }, attachment)
    const response = await ben.media(file.sha256, attachment.mime)
    const arrived = createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex')
    const messages = (await ben.messages(chatId)).filter(({ body }) => attachmentOf(body) !== null)
    const memory = Math.max(...senders.map(({ peak, idle }) => peak - idle))
    await ben.close()
    await proxy.stop()
    for (const { child } of senders) child.kill('SIGKILL')
    removeTemporaryDirectories()

    const problems = [
      ...(arrived === wanted ? [] : ['The file that arrived is another one.']),
      ...(messages.length === 1 ? [] : [`The message arrived ${String(messages.length)} times.`]),
      ...(memory <= MEMORY_LIMIT ? [] : ['The sender used too much memory.']),
    ]
    for (const problem of problems) note(problem)
    console.log(
      `soak:media: ${String(size / MB)} MB, ${String(kills)} kills, ${String(kills)} cuts, ${String(problems.length)} problems, ` +
        `${String(seconds)} s, ${String(Math.round(memory / MB))} MB above idle`,
    )
    return problems.length === 0 ? 0 : 1
  })
})

/** Kills the sender and cuts the network at every part of the file, then lets it finish. */
async function sendWithInterruptions(
  proxy: TcpProxy,
  kills: number,
  size: number,
  start: () => Promise<Sender>,
): Promise<Sender[]> {
  const senders = [await start()]
  proxy.restore()
  for (let kill = 1; kill <= kills; kill++) {
    const sender = senders.at(-1)
    if (sender === undefined) break
    await untilDone(sender, ((kill - 0.5) / (kills + 1)) * size)
    proxy.cut()
    await delay(200)
    proxy.restore()
    await untilDone(sender, (kill / (kills + 1)) * size)
    sender.child.kill('SIGKILL')
    await once(sender.child, 'exit')
    note(`kill ${String(kill)} of ${String(kills)} at ${String(Math.round(sender.done / MB))} MB`)
    senders.push(await start())
  }
  return senders
}

/** Starts the sender. Resolves when it is signed in. */
async function startSender(args: string[]): Promise<Sender> {
  const child = fork(join(import.meta.dirname, 'lib/media-sender.ts'), args)
  const sender: Sender = { child, idle: 0, peak: 0, done: 0 }
  child.on('message', (message) => {
    const { memory, done } = reportSchema.parse(message)
    if (sender.idle === 0) sender.idle = memory
    sender.peak = Math.max(sender.peak, memory)
    sender.done = Math.max(sender.done, done ?? 0)
  })
  await once(child, 'message')
  return sender
}

async function untilDone(sender: Sender, bytes: number): Promise<void> {
  const end = Date.now() + LIMIT_MS
  while (sender.done < bytes) {
    if (Date.now() > end) throw new Error(`The upload stands at ${String(sender.done)} bytes.`)
    await delay(20)
  }
}
