import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { normalizePin } from '#shared/domain/pin.ts'

/** A guess takes 128 MB and some tenths of a second. Electron's OpenSSL has no argon2, see ADR 16. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
const KEY_BYTES = 32

const bytesSchema = z.base64().transform((text) => Buffer.from(text, 'base64'))

/** The cost is stored with the hash, so that a later version can raise it. */
const hashSchema = z.strictObject({
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20),
  r: z.number().int().min(1).max(32),
  p: z.number().int().min(1).max(16),
  salt: bytesSchema,
  key: bytesSchema,
})

function derive(
  pin: string,
  salt: Buffer,
  { N, r, p }: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalizePin(pin), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** Returns the text to store for a PIN. */
export async function hashPin(pin: string, cost = COST): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(pin, salt, cost)
  return JSON.stringify({ ...cost, salt: salt.toString('base64'), key: key.toString('base64') })
}

/** Throws when `stored` is not what `hashPin` has returned. */
export async function isPinOf(stored: string, pin: string): Promise<boolean> {
  const { salt, key, ...cost } = hashSchema.parse(JSON.parse(stored))
  const derived = await derive(pin, salt, cost)
  return key.length === derived.length && timingSafeEqual(key, derived)
}
