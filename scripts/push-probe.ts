import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BACKEND_FILE } from '../src/main/backend.ts'
import { createReceiver } from '../src/main/push/receiver.ts'
import { userIdSchema } from '../src/shared/domain/ids.ts'
import { runCommand } from './lib/command.ts'
import { complain, note, step, Unmet } from './lib/console.ts'
import { root, stateDirectory } from './lib/paths.ts'
import { readProjectConfig } from './lib/project-config.ts'

const help = `
npm run push:probe [-- options]

Registers this machine for pushes of the Firebase project in ${BACKEND_FILE}, connects to Google, and prints each state. Then it
prints a command that sends a push, and waits for it. Ends with 0 when the push has arrived, with 1 when the project is refused.
The registration is kept in .perch/push-probe, unencrypted: a second run connects with it.

  --config FILE   another configuration
`

const account = userIdSchema.parse('probe')

await runCommand(help, async () => {
  const { values } = parseArgs({ options: { config: { type: 'string', default: join(root, BACKEND_FILE) } } })
  const backend = readProjectConfig(values.config)
  const { promise, resolve } = Promise.withResolvers<number>()
  const receiver = createReceiver({
    backend,
    directory: join(stateDirectory, 'push-probe'),
    secrets: { encrypt: (text) => Buffer.from(text), decrypt: (bytes) => bytes.toString() },
    fetch,
    log: (level, event, ...details) => (level === 'info' ? note : complain)([event, ...details].join(': ')),
    onPush(push) {
      step(`The push has arrived: ${JSON.stringify(push)}`)
      resolve(0)
    },
    onChange(state, token) {
      step(state)
      if (state === 'connected' && token !== null) explain(backend.firebase.projectId, token)
      if (state === 'refused') resolve(1)
    },
  })
  if (receiver === null)
    throw new Unmet(`${values.config} has no messagingSenderId, so the project has no push.`)
  receiver.start(account)
  const code = await promise
  receiver.stop()
  return code
})

function explain(projectId: string, token: string): void {
  const data = { type: 'test', account, nonce: 'probe' }
  note(`Token: ${token}`)
  note('Send a push, for example with the Google Cloud CLI:')
  console.log(`
curl -X POST https://fcm.googleapis.com/v1/projects/${projectId}/messages:send \\
  -H "Authorization: Bearer $(gcloud auth print-access-token)" -H 'Content-Type: application/json' \\
  -d '${JSON.stringify({ message: { token, data } })}'
`)
}
