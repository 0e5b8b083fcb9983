import { expect, test } from 'vitest'
import { judge, sum, tallyPlaywright, tallyVitest } from './tally.ts'

test('tallyVitest counts a file that could not be loaded as one failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}, {}, {}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(tallyVitest(report)).toEqual({ passed: 3, failed: 2 })
})

test('tallyPlaywright counts expected and unexpected results', () => {
  expect(tallyPlaywright({ stats: { expected: 5, unexpected: 1 } })).toEqual({ passed: 5, failed: 1 })
})

test('judge fails a suite without tests and one with an error exit code', () => {
  expect(judge({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 })
  expect(judge({ passed: 4, failed: 0 }, 1)).toEqual({ passed: 4, failed: 1 })
  expect(judge({ passed: 4, failed: 2 }, 1)).toEqual({ passed: 4, failed: 2 })
  expect(judge({ passed: 4, failed: 0 }, 0)).toEqual({ passed: 4, failed: 0 })
})

test('sum adds passed and failed tests', () => {
  expect(
    sum([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 0 },
    ]),
  ).toEqual({ passed: 4, failed: 2 })
})
