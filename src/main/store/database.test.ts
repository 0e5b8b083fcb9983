import { expect, it } from 'vitest'
import { Database, errorCode } from './database.ts'

function failureOf(action: () => void): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}

it("names what failed by SQLite's code, also one without a name here; nothing else has one", () => {
  const database = new Database(':memory:')
  const full = failureOf(() =>
    database.execute('PRAGMA max_page_count = 2; CREATE TABLE a (x); CREATE TABLE b (x)'),
  )
  const wrong = failureOf(() => database.execute('SELECT nothing'))
  expect([full, wrong, new Error('no code'), 'no error'].map(errorCode)).toEqual([
    'SQLITE_FULL',
    'SQLITE_1',
    undefined,
    undefined,
  ])
  database.close()
})
