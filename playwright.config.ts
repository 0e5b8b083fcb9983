import { defineConfig } from '@playwright/test'

// `npm test` adds the JSON reporter on the command line, to count the results.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test has accounts, profiles and pages of its own; files whose tests share some say so (`mode`).
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
