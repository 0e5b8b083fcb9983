import { defineConfig } from '@playwright/test'

/** Specs of single pages with prepared data, without apps and servers. */
const pages = /(gallery|shortcuts|staging|-view)\.spec\.ts$/

// `npm test` adds the JSON reporter on the command line, to count the results.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test has its own accounts, profiles and pages. A file whose tests share them sets `mode`.
  fullyParallel: true,
  // With a third, waiting tests reach their limits on a machine with two cores.
  workers: 2,
  // In this order. The tests of a file of apps are one after another, so a long file at the end would run alone.
  projects: [
    { name: 'apps', testIgnore: pages },
    { name: 'pages', testMatch: pages },
  ],
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Several apps and the server share one machine. `npm test` lists the tests that needed this.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
})
