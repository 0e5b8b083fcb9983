import { afterAll, describe, inject, test } from 'vitest'
import { suites } from './cases/index.ts'
import { openCourt } from './world.ts'

const court = await openCourt(inject('firestore'))
afterAll(() => court.close())

describe.each(suites)('$block', ({ cases }) => {
  test.each(cases)('$name', (ruleCase) => court.check(ruleCase))
})
