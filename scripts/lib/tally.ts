import { z } from 'zod'

export interface Failure {
  /** File and name of the test. */
  test: string
  message: string
}

export interface Tally {
  /** Number of passed tests. */
  passed: number
  failures: Failure[]
  /** Tests that failed, and passed when they were repeated. They count as passed. */
  flaky: Failure[]
}

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** Counts vitest's JSON report; a file that could not be loaded counts as one failure. */
export function tallyVitest(report: unknown): Tally {
  const { numPassedTests, testResults } = vitestReportSchema.parse(report)
  const unloaded = testResults
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .map(({ name, message }) => ({ test: name, message }))
  const results = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ status, fullName, failureMessages }) => ({
      status,
      test: `${name} › ${fullName}`,
      message: (failureMessages ?? []).join('\n'),
    })),
  )
  const withStatus = (wanted: string): Failure[] =>
    results.filter(({ status }) => status === wanted).map(({ test, message }) => ({ test, message }))
  return {
    passed: numPassedTests,
    failures: [...unloaded, ...withStatus('failed')],
    // The message is that of the attempt that failed.
    flaky: withStatus('passed').filter(({ message }) => message !== ''),
  }
}

const playwrightErrorSchema = z.object({ message: z.string().optional() })
const playwrightSuiteSchema = z.object({
  title: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      tests: z.array(
        z.object({
          status: z.string(),
          results: z.array(z.object({ errors: z.array(playwrightErrorSchema) })),
        }),
      ),
    }),
  ),
  get suites() {
    return z.array(playwrightSuiteSchema).optional()
  },
})
const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), flaky: z.number() }),
  suites: z.array(playwrightSuiteSchema),
  errors: z.array(playwrightErrorSchema),
})

/** Counts Playwright's JSON report; an error outside the tests counts as one failure. */
export function tallyPlaywright(report: unknown): Tally {
  const { stats, suites, errors } = playwrightReportSchema.parse(report)
  const outside = errors.map(({ message = '' }) => ({ test: 'outside the tests', message }))
  const withStatus = (status: string): Failure[] => suites.flatMap((suite) => testsIn(suite, status))
  return {
    passed: stats.expected + stats.flaky,
    failures: [...withStatus('unexpected'), ...outside],
    flaky: withStatus('flaky'),
  }
}

/** The tests with this status in a suite and in the suites in it. `path` has the titles of the suites around it; a file's title is left out. */
function testsIn(
  { specs, suites = [] }: z.infer<typeof playwrightSuiteSchema>,
  wanted: string,
  path: readonly string[] = [],
): Failure[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ results }) => ({
        test: [file, ...path, title].join(' › '),
        message: results.flatMap(({ errors }) => errors.map(({ message = '' }) => message)).join('\n'),
      })),
  )
  return [...own, ...suites.flatMap((suite) => testsIn(suite, wanted, [...path, suite.title]))]
}

/** Counts one failure for a suite that ran no test, or that exits with an error but has no failed test. */
export function judge(suite: string, tally: Tally, exitCode: number): Tally {
  if (tally.failures.length > 0) return tally
  if (exitCode !== 0) return failed(suite, tally, `exit code ${String(exitCode)}, but no test failed`)
  return tally.passed === 0 ? failed(suite, tally, 'no test ran') : tally
}

function failed(suite: string, tally: Tally, message: string): Tally {
  return { ...tally, failures: [{ test: `suite ${suite}`, message }] }
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((passed, tally) => passed + tally.passed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
    flaky: tallies.flatMap(({ flaky }) => flaky),
  }
}
