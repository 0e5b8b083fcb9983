import { expect, it } from 'vitest'
import { createCrashPolicy } from './crash-policy.ts'

it('reloads, but asks when the last crash was less than a minute ago', () => {
  const next = createCrashPolicy()
  expect([0, 59_999, 119_998, 180_000].map(next)).toEqual(['reload', 'ask', 'ask', 'reload'])
})
