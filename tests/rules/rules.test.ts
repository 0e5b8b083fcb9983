import { describe, expect, inject, test } from 'vitest'
import { suites } from './cases/index.ts'
import { openRuleRunner } from './world.ts'

const runner = openRuleRunner(inject('firestore'))

describe.each(suites)('$block', ({ cases }) => {
  test.each(cases)('$name', async (ruleCase) => {
    await expect(runner.check(ruleCase)).resolves.toBeUndefined()
  })
})
