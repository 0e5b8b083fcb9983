import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCodec } from './codec.ts'

const codec = makeCodec()
const roundTrip = (value: unknown): unknown => codec.decode(codec.encode(value))

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array(),
    fc.float64Array(),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$', 'then')),
      tie('value'),
      {
        noNullPrototype: true,
      },
    ),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((pairs) => new Map(pairs)),
    fc.array(tie('value')).map((items) => new Set(items)),
  ),
}))

describe('codec', () => {
  test('returns every clonable value unchanged', () => {
    fc.assert(fc.property(value, (sent) => isDeepStrictEqual(roundTrip(sent), sent)))
  })

  test('keeps cycles and shared objects', () => {
    const shared = { name: 'shared' }
    const list: unknown[] = [shared, shared]
    list.push(list)
    const back = roundTrip(list)
    expect(Array.isArray(back) && back[0] === back[1] && back[2] === back).toBe(true)
    expect(back).toEqual(list)
  })

  test('keeps an own __proto__ as a key and changes no prototype', () => {
    const sent: unknown = JSON.parse('{"__proto__":{"evil":true}}')
    const back = roundTrip(sent)
    expect(isDeepStrictEqual(back, sent)).toBe(true) // toEqual ignores own __proto__ keys
    expect(back).not.toHaveProperty('evil')
  })

  test('keeps the name and message of errors, and returns buffers as bytes', () => {
    expect(roundTrip(new TypeError('no'))).toMatchObject({ name: 'TypeError', message: 'no' })
    expect(roundTrip(Buffer.from([1, 2]))).toEqual(new Uint8Array([1, 2]))
    expect(roundTrip(/a\/b/giu)).toEqual(/a\/b/giu)
  })

  test.each([() => {}, Symbol('s'), new WeakMap(), Promise.resolve(), { deep: [() => {}] }])(
    'rejects values that cannot be cloned',
    (sent) => {
      expect(() => codec.encode(sent)).toThrow('could not be cloned')
    },
  )
})
