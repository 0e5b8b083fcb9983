import { expect, test } from 'vitest'
import { majorVersion } from './java.ts'

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_292"', 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['no java here', undefined],
])('reads the major version of %s', (text, major) => {
  expect(majorVersion(text)).toBe(major)
})
