import { defineConfig } from 'vitest/config'

// Nothing here is timed: a limit only ends what hangs, on a machine however busy.
const testTimeout = 60_000
const hookTimeout = 60_000

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts,bench,tests/support}/**/*.test.{ts,tsx}'],
          testTimeout,
          hookTimeout,
        },
      },
      {
        test: {
          name: 'rules',
          include: ['tests/rules/**/*.test.ts'],
          globalSetup: 'tests/support/firestore-setup.ts',
          testTimeout,
          hookTimeout,
        },
      },
      {
        test: {
          name: 'sync',
          include: ['tests/sync/**/*.test.ts'],
          globalSetup: 'tests/support/backend-setup.ts',
          testTimeout,
          hookTimeout,
        },
      },
    ],
  },
})
