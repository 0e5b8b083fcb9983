import { randomInt } from 'node:crypto'
import { phoneSchema, type Phone } from '../../src/shared/domain/ids.ts'

/** Returns a random valid number. It must be valid, because the app requests no code for other numbers. */
export function newPhone(): Phone {
  return phoneSchema.parse(`+1415${String(randomInt(2_000_000, 10_000_000))}`)
}
