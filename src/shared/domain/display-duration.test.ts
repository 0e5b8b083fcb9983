import { expect, it } from 'vitest'
import { displayDuration } from './display-duration.ts'
import { isolated } from './display-text.ts'

it.each([
  [0, '1 sec'],
  [11_001, '12 sec'],
  [59_900, '1 min'],
  [61_000, '2 min'],
  [3_600_000, '1 hr'],
])('shows %i ms in one unit, rounded up', (ms, shown) => {
  expect(displayDuration(ms, 'en')).toBe(isolated(shown))
})
