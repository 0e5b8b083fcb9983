import { expect, test } from 'vitest'
import { encodeFields } from './emulator-rest.ts'

test('encodes fields as Firestore values', () => {
  const at = new Date(1_700_000_000_123)
  expect(
    encodeFields({ text: 'a', count: 2, share: 0.5, on: true, none: null, at, list: ['x'], map: { y: 1 } }),
  ).toEqual({
    text: { stringValue: 'a' },
    count: { integerValue: '2' },
    share: { doubleValue: 0.5 },
    on: { booleanValue: true },
    none: { nullValue: null },
    at: { timestampValue: '2023-11-14T22:13:20.123Z' },
    list: { arrayValue: { values: [{ stringValue: 'x' }] } },
    map: { mapValue: { fields: { y: { integerValue: '1' } } } },
  })
})
