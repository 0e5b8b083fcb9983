import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'

export type Row = Record<string, SQLOutputValue>

/** One SQLite connection: statements are prepared once, transactions roll back when their body throws. */
export class Database {
  readonly #handle: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #durable: boolean | undefined

  /** Opens or creates the file. Throws SQLite's error when that fails. */
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

  /** Defines an SQL function. It must always return the same result for the same argument. */
  defineFunction(name: string, run: (value: unknown) => string | null): void {
    this.#handle.function(name, { deterministic: true }, run)
  }

  /** Runs a script of several statements. */
  execute(script: string): void {
    this.#handle.exec(script)
  }

  /**
   * Runs `body` as one transaction. A committed transaction survives the end of the process; a `durable` one is also on the
   * disk when this returns, so it survives a power failure too.
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

/** Names of the SQLite codes that help a person to find the cause. */
const sqliteNames: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  [SQLITE_CORRUPT]: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
}

/** Returns the code of an SQLite or system error. Unlike the message, it never contains a path or SQL. */
export function errorCode(error: unknown): string | undefined {
  const number = sqliteCode(error)
  if (number !== undefined) return sqliteNames[number] ?? `SQLITE_${String(number)}`
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** True when the file's bytes are damaged. False for a full disk, a lock or missing permissions. */
export function isCorruption(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === SQLITE_CORRUPT || code === SQLITE_FORMAT || code === SQLITE_NOTADB
}

/** True when the file is damaged, or its tables are not those of a replica. */
export function isUnusable(error: unknown): boolean {
  const code = sqliteCode(error)
  return isCorruption(error) || code === SQLITE_ERROR || code === SQLITE_CONSTRAINT
}
