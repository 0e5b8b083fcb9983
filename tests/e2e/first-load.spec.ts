/** The size of what the page loads before it can show anything, and before it can talk to the server. */
import { expect, test } from '@playwright/test'
import { FIRST_LOAD_BUDGETS, firstLoadSizes } from '../../bench/bundle.ts'

test('the code that paints the list stays within its budget', () => {
  expect(firstLoadSizes().list.bytes).toBeLessThanOrEqual(FIRST_LOAD_BUDGETS.list)
})

test('the first load with Firebase stays within its budget', () => {
  expect(firstLoadSizes().withServer.bytes).toBeLessThanOrEqual(FIRST_LOAD_BUDGETS.withServer)
})
