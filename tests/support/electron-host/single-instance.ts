/** Replaces Electron's single-instance lock: a file with the id of the owner process, and a message file per later start. */
import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs'
import { join } from 'node:path'
import { trusted } from './state.ts'

interface StartMessage {
  argv: string[]
  cwd: string
  data: unknown
}

/** Returns the id and the start time of a process, because ids are used again. Null: no such process. */
function identityOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // starts with field 3
    return fields[0] === 'Z' ? null : `${pid} ${fields[19]}`
  } catch {
    return null
  }
}

export class SingleInstance {
  #folder = ''
  #watcher: FSWatcher | undefined

  get held(): boolean {
    return this.#folder !== ''
  }

  /**
   * True: this process has the lock, and `onMessage` is called for each process that is started later. False: another process
   * has the lock, and has received this process's arguments.
   */
  request(userData: string, data: unknown, onMessage: (message: StartMessage) => void): boolean {
    if (this.held) return true
    const folder = join(userData, '.host-singleton')
    mkdirSync(folder, { recursive: true })
    if (!acquireLock(folder)) {
      sendMessage(folder, { argv: process.argv, cwd: process.cwd(), data })
      return false
    }
    this.#folder = folder
    for (const name of messageFiles(folder)) rmSync(join(folder, name)) // written for an earlier owner
    this.#watcher = watch(folder, () => {
      for (const name of messageFiles(folder)) {
        const message = trusted<StartMessage>(JSON.parse(readFileSync(join(folder, name), 'utf8')))
        rmSync(join(folder, name))
        onMessage(message)
      }
    })
    return true
  }

  release(): void {
    if (!this.held) return
    this.#watcher?.close()
    rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = ''
  }
}

function acquireLock(folder: string): boolean {
  const lock = join(folder, 'owner')
  const mine = identityOf(process.pid) ?? String(process.pid)
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(lock, mine, { flag: 'wx' })
      return true
    } catch {
      const owner = readOwner(lock)
      if (owner !== null && owner === identityOf(Number.parseInt(owner, 10))) return false
      rmSync(lock, { force: true }) // its owner was killed
    }
  }
  return false
}

function readOwner(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return null
  }
}

const messageFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.message'))

function sendMessage(folder: string, message: StartMessage): void {
  const file = join(folder, randomUUID())
  writeFileSync(file, JSON.stringify(message))
  renameSync(file, `${file}.message`) // atomic, so that no reader sees a partial file
}
