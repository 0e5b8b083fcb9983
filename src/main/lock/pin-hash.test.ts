import { expect, it } from 'vitest'
import { hashPin, isPinOf } from './pin-hash.ts'

const CHEAP = { N: 2 ** 4, r: 8, p: 1 } as const

it('knows the PIN again, and no other', async () => {
  const stored = await hashPin('2580', CHEAP)
  expect(await isPinOf(stored, '2580')).toBe(true)
  for (const wrong of ['2581', '25800', '', ' 2580', '258']) expect(await isPinOf(stored, wrong)).toBe(false)
})

it('takes the same text in another encoding', async () => {
  const stored = await hashPin('caf\u00e9 \uff12\uff15', CHEAP)
  expect(await isPinOf(stored, 'cafe\u0301 25')).toBe(true)
})

it('stores a new salt each time, and never the PIN', async () => {
  const stored = [await hashPin('correct horse', CHEAP), await hashPin('correct horse', CHEAP)]
  expect(new Set(stored).size).toBe(2)
  expect(stored.join()).not.toContain('horse')
})

it('costs 128 MB and more than a tenth of a second by default', async () => {
  const before = performance.now()
  const stored = await hashPin('2580')
  expect(performance.now() - before).toBeGreaterThan(100)
  expect(JSON.parse(stored)).toMatchObject({ N: 131_072, r: 8, p: 1 })
})

it('throws for what it has not made', async () => {
  for (const text of ['', '{}', '{"N":1}']) await expect(isPinOf(text, '2580')).rejects.toThrow()
})
