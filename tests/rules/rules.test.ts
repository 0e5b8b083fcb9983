import { afterAll, describe, expect, inject, test } from 'vitest'
import { suites } from './cases/index.ts'
import { openRuleRunner } from './world.ts'

const runner = await openRuleRunner(inject('firestore'))
afterAll(() => runner.close())

describe.each(suites)('$block', ({ cases }) => {
  test.each(cases)('$name', async (ruleCase) => {
    await expect(runner.check(ruleCase)).resolves.toBeUndefined()
  })
})
