import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { httpSender } from '../functions/src/http-sender.ts'
import { connectDirectly } from '../src/main/network/tunnel.ts'
import { createReceiver } from '../src/main/push/receiver.ts'
import type { Backend } from '../src/shared/backend.ts'
import { userIdSchema } from '../src/shared/domain/ids.ts'
import { runCommand } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { startFcmEmulator } from './lib/fcm/emulator.ts'
import { root } from './lib/paths.ts'
import { beforeExit, output } from './lib/processes.ts'
import { readProjectConfig } from './lib/project-config.ts'

const help = `
npm run verify:push [-- --local]

Registers as a device with Google's push services, with the project of perch.config.json, sends itself a push, and prints
how long it took to arrive. Sending needs Google's command line gcloud, signed in as an owner or editor of the project.

  --local   uses the FCM emulator instead of Google, to try the command itself
`

const LIMIT_MS = 60_000

interface Target {
  backend: Backend
  origin: string
  accessToken: string
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({ args, options: { local: { type: 'boolean', default: false } } })
  const { backend, origin, accessToken } = values.local ? await localTarget() : googleTarget()
  const directory = mkdtempSync(join(tmpdir(), 'perch-push-'))
  beforeExit(async () => rmSync(directory, { recursive: true, force: true }))
  const account = userIdSchema.parse('verification')
  const nonce = randomUUID()
  const arrived = Promise.withResolvers<void>()
  const connected = Promise.withResolvers<string>()
  const receiver = createReceiver({
    backend,
    directory,
    // Only for this run, in a folder that is deleted afterwards.
    secrets: { encrypt: (text) => Buffer.from(text), decrypt: (bytes) => bytes.toString() },
    fetch,
    connect: connectDirectly,
    log: (_, event) => note(event),
    onPush: (push) => {
      if (push.type === 'test' && push.nonce === nonce) arrived.resolve()
    },
    onChange: (state, token) => {
      note(`Receiver: ${state}`)
      if (state === 'connected' && token !== null) connected.resolve(token)
    },
  })
  if (receiver === null)
    throw new Unmet('perch.config.json has no messagingSenderId, so the project has no push.')
  beforeExit(() => receiver.forget(account))
  step(`Registering with ${values.local ? 'the FCM emulator' : 'Google'}`)
  receiver.start(account)
  const token = await inTime(connected.promise, 'The device could not register and connect.')
  step('Sending a push')
  const sentAt = performance.now()
  const sender = httpSender({ origin, projectId: backend.firebase.projectId, accessToken })
  const [outcome] = await sender.send([{ token, push: { type: 'test', account, nonce }, urgency: 'high' }])
  if (outcome !== 'sent') throw new Unmet(`FCM did not take the push: ${outcome ?? 'no answer'}.`)
  await inTime(arrived.promise, 'The push did not arrive.')
  console.log(`The push arrived after ${(performance.now() - sentAt).toFixed(0)} ms.`)
  return 0
})

async function inTime<T>(result: Promise<T>, problem: string): Promise<T> {
  const late = delay(LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new Unmet(`${problem} Gave up after ${LIMIT_MS / 1000} s.`)
  })
  return Promise.race([result, late])
}

function googleTarget(): Target {
  const backend = readProjectConfig(join(root, 'perch.config.json'))
  const accessToken = output('gcloud', ['auth', 'print-access-token'])?.trim()
  if (accessToken === undefined)
    throw new Unmet('"gcloud auth print-access-token" failed: sign in with "gcloud auth login".')
  return { backend, origin: 'https://fcm.googleapis.com', accessToken }
}

async function localTarget(): Promise<Target> {
  const { fcmPort, mcsPort, ca, stop } = await startFcmEmulator()
  beforeExit(stop)
  const backend: Backend = {
    firebase: {
      apiKey: 'local',
      authDomain: 'demo-perch.firebaseapp.com',
      projectId: 'demo-perch',
      storageBucket: 'demo-perch.firebasestorage.app',
      appId: '1:1:web:local',
      messagingSenderId: '1',
    },
    emulator: {
      ...{ host: '127.0.0.1', authPort: 9, firestorePort: 9, storagePort: 9 },
      push: { functionsPort: 9, fcmPort, mcsPort, ca },
    },
  }
  return { backend, origin: `http://127.0.0.1:${fcmPort}`, accessToken: 'owner' }
}
