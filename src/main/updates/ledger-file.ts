import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseLedger, type Ledger } from './ledger.ts'

/** Imports only Node's own modules: see ledger.ts. */
export interface LedgerFile {
  get(): Ledger
  /** Never throws: an app on a full or read-only disk has to start. False: it is not on the disk. */
  set(ledger: Ledger): boolean
}

export function openLedger(directory: string): LedgerFile {
  const file = join(directory, 'ledger.json')
  let ledger = parseLedger(readOr(file, ''))
  return {
    get: () => ledger,
    set(next) {
      if (next === ledger) return true
      ledger = next
      try {
        mkdirSync(directory, { recursive: true })
        writeFileSync(`${file}.new`, JSON.stringify(next), { flush: true })
        renameSync(`${file}.new`, file)
        return true
      } catch {
        return false
      }
    },
  }
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fallback
  }
}
