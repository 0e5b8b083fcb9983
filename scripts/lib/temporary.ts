import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeExit } from './processes.ts'

/** A folder in memory on Linux. In many containers it is too small. */
const MEMORY = '/dev/shm'
/** More than all files of the tests at one time. */
const FILES_BYTES = 2 * 1024 ** 3
/** With room for the programs: apps, servers and compilers. */
const MEMORY_BYTES = 3 * FILES_BYTES

/**
 * Lets this process and those it starts keep temporary files in memory, where that is possible. Stores and profiles wait for
 * the disk after every change; some tests spend nine tenths of their time with that, and none needs the files after a power cut.
 */
export function keepTemporaryFilesInMemory(): void {
  if (!hasRoom()) return
  const directory = mkdtempSync(join(MEMORY, 'perch-tests-'))
  process.env['TMPDIR'] = directory
  beforeExit(async () => rmSync(directory, { recursive: true, force: true }))
}

function hasRoom(): boolean {
  if (process.platform !== 'linux') return false
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === MEMORY)
    // Some tests write programs and run them.
    if (mount === undefined || /\bnoexec\b/u.test(mount)) return false
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= FILES_BYTES && process.availableMemory() >= MEMORY_BYTES
  } catch {
    return false
  }
}
