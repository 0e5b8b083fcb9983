import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Tests do not measure time. The limits only end tests that hang, so they are long enough for a busy machine.
const testTimeout = 60_000
const hookTimeout = 60_000

// By default vitest leaves one core free. On a machine with two cores, that halves the speed.
const maxWorkers = availableParallelism()

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts,bench,tests/support,functions/src}/**/*.test.{ts,tsx}'],
          pool: 'threads',
          maxWorkers,
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
          name: 'functions',
          include: ['functions/tests/**/*.test.ts'],
          globalSetup: 'functions/tests/setup.ts',
          maxWorkers,
          testTimeout,
          hookTimeout,
        },
      },
      // `npm run package` and `npm test` run it on what they have packed.
      { test: { name: 'package', include: ['tests/package/**/*.test.ts'], testTimeout, hookTimeout } },
      {
        test: {
          name: 'sync',
          include: ['tests/sync/**/*.test.ts'],
          globalSetup: 'tests/support/backend-setup.ts',
          // Several clients and the server share one machine. `npm test` lists the tests that needed this.
          retry: 1,
          // With more workers the emulator would be too busy, and reads would time out.
          maxWorkers,
          testTimeout,
          hookTimeout,
        },
      },
    ],
  },
})
