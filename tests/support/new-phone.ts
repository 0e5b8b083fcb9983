import { randomInt } from 'node:crypto'
import { phoneSchema, type Phone } from '../../src/shared/domain/ids.ts'

/** A number that no one has, and that could be someone's: the app asks for a code for no other. */
export function newPhone(): Phone {
  return phoneSchema.parse(`+1415${String(randomInt(2_000_000, 10_000_000))}`)
}
