import { expect, test } from 'vitest'
import { judge, sum, tallyPlaywright, tallyVitest } from './tally.ts'

const failure = { test: 'a.test.ts › adds', message: 'expected 1 to be 2' }

test('tallyVitest names failed tests, and counts a file that could not be loaded as one failure', () => {
  const report = {
    numPassedTests: 2,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'subtracts', failureMessages: [] },
          { status: 'passed', fullName: 'multiplies', failureMessages: ['Timed out'] },
          { status: 'failed', fullName: 'adds', failureMessages: ['expected 1 to be 2'] },
          { status: 'skipped', fullName: 'divides', failureMessages: [] },
        ],
      },
      {
        name: 'b.test.ts',
        status: 'passed',
        message: '',
        assertionResults: [{ status: 'passed', fullName: 'runs' }],
      },
      { name: 'c.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
    ],
  }
  expect(tallyVitest(report)).toEqual({
    passed: 2,
    failures: [{ test: 'c.test.ts', message: 'Cannot find module' }, failure],
    flaky: [{ test: 'a.test.ts › multiplies', message: 'Timed out' }],
  })
})

test('tallyPlaywright names failed tests with the groups that they are in, and counts errors outside the tests', () => {
  const spec = (title: string, status: string, ...messages: string[]): object => ({
    title,
    file: 'a.spec.ts',
    tests: [{ status, results: [{ errors: messages.map((message) => ({ message })) }] }],
  })
  const group = { title: 'list', specs: [spec('scrolls', 'unexpected', 'Timed out', 'Closed')] }
  const report = {
    stats: { expected: 1, flaky: 1 },
    suites: [
      {
        title: 'a.spec.ts',
        specs: [
          spec('opens', 'expected'),
          spec('moves', 'flaky', 'Late'),
          spec('closes', 'unexpected', 'No'),
        ],
        suites: [group],
      },
    ],
    errors: [{ message: 'No browser' }],
  }
  expect(tallyPlaywright(report)).toEqual({
    passed: 2,
    flaky: [{ test: 'a.spec.ts › moves', message: 'Late' }],
    failures: [
      { test: 'a.spec.ts › closes', message: 'No' },
      { test: 'a.spec.ts › list › scrolls', message: 'Timed out\nClosed' },
      { test: 'outside the tests', message: 'No browser' },
    ],
  })
})

test('judge fails a suite without tests and one with an error exit code', () => {
  expect(judge('unit', { passed: 0, failures: [], flaky: [] }, 0).failures).toHaveLength(1)
  expect(judge('unit', { passed: 4, failures: [], flaky: [] }, 1)).toMatchObject({
    passed: 4,
    failures: [{ test: 'suite unit' }],
  })
  expect(judge('unit', { passed: 4, failures: [failure], flaky: [] }, 1)).toEqual({
    passed: 4,
    failures: [failure],
    flaky: [],
  })
  expect(judge('unit', { passed: 4, failures: [], flaky: [] }, 0)).toEqual({
    passed: 4,
    failures: [],
    flaky: [],
  })
})

test('sum adds passed tests and lists all failures', () => {
  const tallies = [
    { passed: 1, failures: [failure], flaky: [] },
    { passed: 3, failures: [failure], flaky: [] },
  ]
  expect(sum(tallies)).toEqual({ passed: 4, failures: [failure, failure], flaky: [] })
})
