import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FIRESTORE_MAIN_CLASS, firestoreJar, freePorts } from '../../scripts/lib/emulators.ts'
import { ensureJava } from '../../scripts/lib/java.ts'
import { root } from '../../scripts/lib/paths.ts'
import { start } from '../../scripts/lib/processes.ts'

/** A Firestore emulator for one test run, without authentication. It stores no data on disk. */
export interface FirestoreEmulator {
  host: string
  port: number
  projectId: string
  /** Replaces the rules. Rejects with the emulator's error message if they do not compile. */
  loadRules(source: string): Promise<void>
  stop(): Promise<void>
}

const LOG_LENGTH = 10_000

/** Starts the emulator directly from its jar (about a second). Default for `rulesFile`: the project's rules. */
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
  /** The end of its output. The emulator logs every request, so all of it would become slow to search and to keep. */
  let log = ''
  const ready = new Promise<void>((resolve) => {
    const collect = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-LOG_LENGTH)
      if (log.includes('Dev App Server is now running')) resolve()
    }
    java.child.stdout?.on('data', collect)
    java.child.stderr?.on('data', collect)
  })
  const failed = java.exited.then(() => {
    throw new Error(`The Firestore emulator exited:\n${log}`)
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
      const response = await fetch(url, { method: 'PUT', body })
      if (!response.ok) throw new Error(`The rules were rejected: ${await response.text()}`)
    },
    async stop() {
      await java.stop(2000)
    },
  }
  await emulator.loadRules(readFileSync(rulesFile, 'utf8'))
  return emulator
}
