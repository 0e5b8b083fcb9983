import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FIRESTORE_MAIN_CLASS, firestoreJar, freePorts } from '../../scripts/lib/emulators.ts'
import { ensureJava } from '../../scripts/lib/java.ts'
import { root } from '../../scripts/lib/paths.ts'
import { start } from '../../scripts/lib/processes.ts'

/** A Firestore emulator of one test run: no authentication, no data kept. */
export interface FirestoreEmulator {
  host: string
  port: number
  projectId: string
  /** Puts other rules in force; rejects with the emulator's words when they do not compile. */
  loadRules(source: string): Promise<void>
  stop(): Promise<void>
}

/** Starts the emulator straight from its jar (about a second); `rulesFile` defaults to the project's rules. */
export async function startFirestoreEmulator({
  rulesFile = join(root, 'firestore.rules'),
  projectId = 'demo-perch',
}: { rulesFile?: string; projectId?: string } = {}): Promise<FirestoreEmulator> {
  await ensureJava()
  const jar = await firestoreJar()
  const [port] = await freePorts(1)
  if (port === undefined) throw new Error('No free port.')
  const host = '127.0.0.1'
  const java = await start(
    'java',
    ['-Xmx256m', '-cp', jar, FIRESTORE_MAIN_CLASS, '--host', host, '--port', String(port)].concat([
      '--project_id',
      projectId,
      '--single_project_mode',
      'true',
    ]),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let log = ''
  const ready = new Promise<void>((isReady) => {
    const collect = (chunk: Buffer): void => {
      log += chunk.toString()
      if (log.includes('Dev App Server is now running')) isReady()
    }
    java.child.stdout?.on('data', collect)
    java.child.stderr?.on('data', collect)
  })
  const failed = java.exited.then(() => {
    throw new Error(`The Firestore emulator ended:\n${log}`)
  })
  await Promise.race([ready, failed])
  failed.catch(() => undefined)
  const emulator: FirestoreEmulator = {
    host,
    port,
    projectId,
    async loadRules(source) {
      const url = `http://${host}:${port}/emulator/v1/projects/${projectId}:securityRules`
      const body = JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content: source }] } })
      const answer = await fetch(url, { method: 'PUT', body })
      if (!answer.ok) throw new Error(`The rules were refused: ${await answer.text()}`)
    },
    async stop() {
      await java.stop(2000)
    },
  }
  await emulator.loadRules(readFileSync(rulesFile, 'utf8'))
  return emulator
}
