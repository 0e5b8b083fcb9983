import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Result } from '#shared/bridge/index.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { Database, isUnusable } from './database.ts'
import { migrations } from './migrations/index.ts'
import { defineSearchFunctions, indexNewKinds } from './search.ts'

/** Why and where to a replica was moved aside; null when it was not. */
export type SetAside = Result<'replica.open'>['setAside']

const SIDE_FILES = ['', '-wal', '-shm']

export function replicaFile(directory: string, userId: UserId): string {
  return join(directory, `${userId}.sqlite`)
}

/**
 * Opens the account's replica, brought up to the newest schema. A damaged file, or one that a newer version of the app
 * wrote, is moved aside and a fresh one started. Throws when the file cannot be used for another reason (rights, disk full).
 */
export function openReplica(file: string, userId: UserId): { database: Database; setAside: SetAside } {
  // Messages lie here unencrypted: not for the machine's other users.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (existsSync(file + ERASE_MARK)) removeMarked(file)
  const found = tryOpen(file, userId)
  if (found instanceof Database) return { database: found, setAside: null }
  const setAside = moveAside(file, found)
  const fresh = tryOpen(file, userId)
  if (!(fresh instanceof Database)) throw new BridgeError('store', 'a fresh replica cannot be opened')
  return { database: fresh, setAside }
}

const unfit = ['corrupt', 'newer'] as const
type Unfit = (typeof unfit)[number]

function tryOpen(file: string, userId: UserId): Database | Unfit {
  // A clean close leaves no log behind. The whole file is checked only after an unclean end: it takes 1.5 ms per 1,000 messages.
  const endedUncleanly = existsSync(`${file}-wal`)
  let database: Database | undefined
  try {
    database = new Database(file)
    const version = Number(database.get('PRAGMA user_version')?.['user_version'])
    if (version > migrations.length) {
      database.close()
      return 'newer'
    }
    if (endedUncleanly && database.get('PRAGMA quick_check(1)')?.['quick_check'] !== 'ok') {
      database.close()
      return 'corrupt'
    }
    defineSearchFunctions(database)
    migrate(database, version)
    checkOwner(database, userId)
    indexNewKinds(database)
    database.execute('PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY')
    return database
  } catch (error) {
    closeQuietly(database)
    if (isUnusable(error)) return 'corrupt'
    throw error
  }
}

function migrate(database: Database, version: number): void {
  migrations.slice(version).forEach((migration, index) => {
    database.transaction(true, () => {
      database.execute(migration)
      database.execute(`PRAGMA user_version = ${String(version + index + 1)}`)
    })
  })
}

/** Two ids that differ only in case share a file name on Windows and macOS: neither may see the other's replica. */
function checkOwner(database: Database, userId: UserId): void {
  const owner = database.get('SELECT user_id FROM owner')
  if (owner === undefined) database.run('INSERT INTO owner (user_id) VALUES (?)', userId)
  else if (owner['user_id'] !== userId)
    throw new BridgeError('store', 'the replica belongs to another account')
}

/** Moves the replica (closed) out of the way, to a name that is free. */
export function moveAside(file: string, reason: Unfit): NonNullable<SetAside> {
  let stamp = Date.now()
  while (existsSync(`${file}.${reason}-${String(stamp)}`)) stamp += 1
  const target = `${file}.${reason}-${String(stamp)}`
  for (const side of SIDE_FILES) {
    if (existsSync(file + side)) renameSync(file + side, target + side)
  }
  return { reason, file: basename(target) }
}

/** Beside a file that is to be removed, until it has been. */
const ERASE_MARK = '.erase'

/**
 * Removes the replica (closed), and what was set aside of it: the same messages lie there. False: some of it is held by
 * another program, and is removed by `finishErasing`.
 */
export function eraseReplica(file: string): boolean {
  if (!existsSync(dirname(file))) return true
  // Each has a mark of its own: one that is held says nothing of a replica that was begun anew meanwhile.
  return [file, ...setAsideOf(file)].map(eraseFile).every(Boolean)
}

/** Removes what could not be removed earlier, as far as it can be now. */
export function finishErasing(directory: string): void {
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory)) {
    if (name.endsWith(ERASE_MARK)) eraseFile(join(directory, name.slice(0, -ERASE_MARK.length)))
  }
}

/** What `moveAside` has made of the replica, without the side files. */
function setAsideOf(file: string): Set<string> {
  const directory = dirname(file)
  const isSetAside = (name: string): boolean =>
    unfit.some((reason) => name.startsWith(`${basename(file)}.${reason}-`))
  const names = readdirSync(directory).filter(isSetAside)
  return new Set(names.map((name) => join(directory, name.replace(/(\.(?:corrupt|newer)-\d+).*$/u, '$1'))))
}

function eraseFile(file: string): boolean {
  writeFileSync(file + ERASE_MARK, '')
  try {
    removeMarked(file)
    return true
  } catch {
    return false
  }
}

/** Throws when the file is held. */
function removeMarked(file: string): void {
  for (const side of [...SIDE_FILES, ERASE_MARK]) rmSync(file + side, { force: true })
}

/** Closing a damaged file may fail in its own right; what led here matters more. */
export function closeQuietly(database: Database | undefined): void {
  try {
    database?.close()
  } catch {
    // The handle is gone either way.
  }
}
