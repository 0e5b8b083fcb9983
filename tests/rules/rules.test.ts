import { afterAll, describe, expect, inject, test } from 'vitest'
import { suites } from './cases/index.ts'
import { openCourt } from './world.ts'

const court = await openCourt(inject('firestore'))
afterAll(() => court.close())

describe.each(suites)('$block', ({ cases }) => {
  test.each(cases)('$name', async (ruleCase) => {
    await expect(court.check(ruleCase)).resolves.toBeUndefined()
  })
})
