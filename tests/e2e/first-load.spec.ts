/** The size of what the page loads before it can show anything. */
import { expect, test } from '@playwright/test'
import { FIRST_LOAD_BUDGET, firstLoadSize } from '../../bench/bundle.ts'

test('the first load stays within its budget', () => {
  expect(firstLoadSize().bytes).toBeLessThanOrEqual(FIRST_LOAD_BUDGET)
})
