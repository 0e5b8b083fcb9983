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

it('returns the name or else the number of an SQLite code, and undefined for other errors', () => {
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
