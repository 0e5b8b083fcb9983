import { z } from 'zod'

/** Number of passed and failed tests. */
export interface Tally {
  passed: number
  failed: number
}

const vitestReportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const playwrightReportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number() }),
})

/** Counts vitest's JSON report; a file that could not be loaded counts as one failure. */
export function tallyVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = vitestReportSchema.parse(report)
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

/** Counts Playwright's JSON report. */
export function tallyPlaywright(report: unknown): Tally {
  const { expected, unexpected } = playwrightReportSchema.parse(report).stats
  return { passed: expected, failed: unexpected }
}

/** Counts one failure for a suite that ran no test, or that exits with an error but has no failed test. */
export function judge(tally: Tally, exitCode: number): Tally {
  const ranNone = tally.passed + tally.failed === 0
  return tally.failed === 0 && (exitCode !== 0 || ranNone) ? { ...tally, failed: 1 } : tally
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }),
    { passed: 0, failed: 0 },
  )
}
