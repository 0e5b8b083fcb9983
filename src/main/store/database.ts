import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'

export type Row = Record<string, SQLOutputValue>

/** One SQLite connection: statements are prepared once, transactions roll back when their body throws. */
export class Database {
  readonly #handle: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #durable: boolean | undefined

  /** Opens the file, or makes it; throws SQLite's error when it cannot. */
  constructor(file: string) {
    this.#handle = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true })
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values)
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values)
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.#prepare(sql).run(...values)
  }

  /** Makes a function available to SQL. The same argument must always give the same result. */
  defineFunction(name: string, run: (value: unknown) => string | null): void {
    this.#handle.function(name, { deterministic: true }, run)
  }

  /** Runs a script of several statements. */
  execute(script: string): void {
    this.#handle.exec(script)
  }

  /**
   * Runs `body` as one transaction. Killing the process never loses a committed one; a `durable` one is also
   * on the disk when this returns, so that a power failure does not lose it either.
   */
  transaction<T>(durable: boolean, body: () => T): T {
    if (this.#durable !== durable) {
      this.execute(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
      this.#durable = durable
    }
    this.run('BEGIN')
    try {
      const result = body()
      this.run('COMMIT')
      return result
    } catch (error) {
      if (this.#handle.isTransaction) this.run('ROLLBACK')
      throw error
    }
  }

  close(): void {
    this.#handle.close()
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#handle.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

const SQLITE_ERROR = 1
const SQLITE_CORRUPT = 11
const SQLITE_CONSTRAINT = 19
const SQLITE_FORMAT = 24
const SQLITE_NOTADB = 26

/** SQLite's primary result code; undefined when the error is not SQLite's. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

/** Those of SQLite's codes that tell a person what to do. */
const sqliteNames: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  [SQLITE_CORRUPT]: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
}

/** The code of SQLite's or of the system's error, which unlike its message never holds a path or a piece of SQL. */
export function errorCode(error: unknown): string | undefined {
  const number = sqliteCode(error)
  if (number !== undefined) return sqliteNames[number] ?? `SQLITE_${String(number)}`
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The file's bytes are damaged. A full disk, a lock or missing rights are something else. */
export function isCorruption(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === SQLITE_CORRUPT || code === SQLITE_FORMAT || code === SQLITE_NOTADB
}

/** The file is damaged, or its tables are not ours. */
export function isUnusable(error: unknown): boolean {
  const code = sqliteCode(error)
  return isCorruption(error) || code === SQLITE_ERROR || code === SQLITE_CONSTRAINT
}
