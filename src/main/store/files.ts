import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Result } from '#shared/bridge/index.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { Database, isUnusable } from './database.ts'
import { migrations } from './migrations/index.ts'
import { defineSearchFunctions, indexNewKinds } from './search.ts'

/** The reason why a replica was moved aside, and its new file name; null when it was not moved. */
export type SetAside = Result<'replica.open'>['setAside']

const SIDE_FILES = ['', '-wal', '-shm']

export function replicaFile(directory: string, userId: UserId): string {
  return join(directory, `${userId}.sqlite`)
}

/**
 * Opens the account's replica and migrates it to the newest schema. If the file is damaged, or a newer version of the app wrote it,
 * moves it aside and starts an empty one. Throws when the file cannot be used for another reason (permissions, disk full).
 */
export function openReplica(file: string, userId: UserId): { database: Database; setAside: SetAside } {
  // The messages are not encrypted, so other users of the machine must not have access.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (existsSync(file + ERASE_MARK)) removeMarked(file)
  const found = tryOpen(file, userId)
  if (found instanceof Database) return { database: found, setAside: null }
  const setAside = moveAside(file, found)
  const fresh = tryOpen(file, userId)
  if (!(fresh instanceof Database)) throw new BridgeError('store', 'a fresh replica cannot be opened')
  return { database: fresh, setAside }
}

const reasons = ['corrupt', 'newer'] as const
type Reason = (typeof reasons)[number]

function tryOpen(file: string, userId: UserId): Database | Reason {
  // A clean close removes the -wal file. The file is checked only after an unclean end: a check takes 1.5 ms per 1,000 messages.
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

/** Two ids that differ only in case share a file name on Windows and macOS. Neither account may see the other's replica. */
function checkOwner(database: Database, userId: UserId): void {
  const owner = database.get('SELECT user_id FROM owner')
  if (owner === undefined) database.run('INSERT INTO owner (user_id) VALUES (?)', userId)
  else if (owner['user_id'] !== userId)
    throw new BridgeError('store', 'the replica belongs to another account')
}

/** Renames the closed replica's files to an unused name. */
export function moveAside(file: string, reason: Reason): NonNullable<SetAside> {
  let stamp = Date.now()
  while (existsSync(`${file}.${reason}-${String(stamp)}`)) stamp += 1
  const target = `${file}.${reason}-${String(stamp)}`
  for (const side of SIDE_FILES) {
    if (existsSync(file + side)) renameSync(file + side, target + side)
  }
  return { reason, file: basename(target) }
}

/** Ending of a marker file next to a file that must be removed. The marker stays until the removal has succeeded. */
const ERASE_MARK = '.erase'

/**
 * Removes the closed replica and the files that were set aside, which hold the same messages. Returns false when another
 * program holds one of the files; `finishErasing` removes it later.
 */
export function eraseReplica(file: string): boolean {
  if (!existsSync(dirname(file))) return true
  // Each file has its own marker. If only a set-aside file cannot be removed now, `finishErasing` must not remove a newer replica.
  return [file, ...setAsideOf(file)].map(eraseFile).every(Boolean)
}

/** Tries again to remove the files that could not be removed earlier. */
export function finishErasing(directory: string): void {
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory)) {
    if (name.endsWith(ERASE_MARK)) eraseFile(join(directory, name.slice(0, -ERASE_MARK.length)))
  }
}

/** Returns the files that `moveAside` created for the replica, without their side files. */
function setAsideOf(file: string): Set<string> {
  const directory = dirname(file)
  const isSetAside = (name: string): boolean =>
    reasons.some((reason) => name.startsWith(`${basename(file)}.${reason}-`))
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

/** Throws when another program holds the file. */
function removeMarked(file: string): void {
  for (const side of [...SIDE_FILES, ERASE_MARK]) rmSync(file + side, { force: true })
}

/** Closing a damaged file may throw too, but the first error matters more. */
export function closeQuietly(database: Database | undefined): void {
  try {
    database?.close()
  } catch {
    // The handle cannot be used again in any case.
  }
}
