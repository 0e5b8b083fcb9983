/** Electron's single-instance lock: a file that names the process that holds it, and a letter box beside it. */
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

interface Letter {
  argv: string[]
  cwd: string
  data: unknown
}

/** A process id that outlives no process: ids are used again, start times are not. Null: no such process. */
function identityOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ') // from field 3 on
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

  /** True: the lock is ours, and `onLetter` hears of every later try. False: its holder has been told of ours. */
  request(userData: string, data: unknown, onLetter: (letter: Letter) => void): boolean {
    if (this.held) return true
    const folder = join(userData, '.host-singleton')
    mkdirSync(folder, { recursive: true })
    if (!take(folder)) {
      post(folder, { argv: process.argv, cwd: process.cwd(), data })
      return false
    }
    this.#folder = folder
    for (const name of letters(folder)) rmSync(join(folder, name)) // written to one who is gone
    this.#watcher = watch(folder, () => {
      for (const name of letters(folder)) {
        const letter = trusted<Letter>(JSON.parse(readFileSync(join(folder, name), 'utf8')))
        rmSync(join(folder, name))
        onLetter(letter)
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

function take(folder: string): boolean {
  const lock = join(folder, 'holder')
  const mine = identityOf(process.pid) ?? String(process.pid)
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(lock, mine, { flag: 'wx' })
      return true
    } catch {
      const holder = readHolder(lock)
      if (holder !== null && holder === identityOf(Number.parseInt(holder, 10))) return false
      rmSync(lock, { force: true }) // its holder was killed
    }
  }
  return false
}

function readHolder(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return null
  }
}

const letters = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.letter'))

function post(folder: string, letter: Letter): void {
  const file = join(folder, randomUUID())
  writeFileSync(file, JSON.stringify(letter))
  renameSync(file, `${file}.letter`) // appears whole
}
