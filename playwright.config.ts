import { defineConfig } from '@playwright/test'

// `npm test` adds the JSON reporter on the command line, to count the results.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test has its own accounts, profiles and pages. A file whose tests share them sets `mode`.
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Several apps and the server share one machine. `npm test` lists the tests that needed this.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
