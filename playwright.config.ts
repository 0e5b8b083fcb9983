import { defineConfig } from '@playwright/test'

// `npm test` adds the JSON reporter by the command line, to count from.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  // On a machine that is shared, once more; what passes only then is reported as flaky.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
