import { expect, it } from 'vitest'
import { normalizePin, pinProblem } from './pin.ts'

it('takes digits and any other text of 4 to 64 characters', () => {
  for (const pin of ['2580', 'tulip', 'ключ', '    ', 'x'.repeat(64)]) expect(pinProblem(pin)).toBeNull()
  for (const pin of ['', '258', 'ﬀ']) expect(pinProblem(pin)).toBe('tooShort')
  expect(pinProblem('x'.repeat(65))).toBe('tooLong')
})

it('is the same in full-width digits, as some input methods write them', () => {
  expect(normalizePin('２５８０')).toBe('2580')
})
