import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { clearBackend } from '../scripts/lib/emulator-rest.ts'
import { demoPerson } from '../scripts/lib/demo.ts'
import { seed, type SeedOptions } from '../scripts/lib/seed.ts'
import type { Backend } from '../src/shared/backend.ts'
import type { UserId } from '../src/shared/domain/ids.ts'
import { launchApp, type LaunchedApp, type LaunchOptions } from '../tests/support/launch.ts'
import { Person } from '../tests/support/people.ts'

/** Shared by the benchmarks that run the app. */
export interface BenchContext {
  backend: Backend
  /** File for PERCH_BACKEND. */
  configFile: string
  /** Folder built by `buildPages`. */
  pages: string
}

const PROBE = 'probe.js'
const windowApp = join(import.meta.dirname, 'window')
const sources = join(import.meta.dirname, 'pages')

/** Builds the benchmark's pages and its probe into a folder. */
export async function buildPages(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const options = { configFile: false, root: sources, base: './', logLevel: 'warn' } as const
  await build({
    ...options,
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome142',
      chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: ['bare-sdk.html', 'list-floor.html', 'chat-floor.html'].map((page) => join(sources, page)),
      },
    },
  })
  cpSync(join(sources, 'empty.html'), join(folder, 'empty.html'))
  await build({
    ...options,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome142',
      lib: {
        entry: join(sources, 'probe.tsx'),
        formats: ['iife'],
        name: 'benchProbeBundle',
        fileName: () => PROBE,
      },
    },
  })
}

/** Injects the probe into a page of the app. DevTools bypasses the page's policy, which allows no other script. */
export async function injectProbe({ pages }: BenchContext, page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('Runtime.evaluate', { expression: readFileSync(join(pages, PROBE), 'utf8') })
  await page.waitForFunction(() => 'benchProbe' in window)
}

/** Opens one of the benchmark's pages in a minimal Electron app, on the same host as Perch. */
export function launchPage(
  { pages }: BenchContext,
  page: string,
  options: LaunchOptions = {},
): Promise<LaunchedApp> {
  return launchApp({ ...options, appDir: windowApp, env: { BENCH_PAGES: pages, BENCH_PAGE: page } })
}

/** Clears the backend and adds demo people and chats. Returns the ids of the people. */
export async function reseed(
  { backend }: BenchContext,
  options: Omit<SeedOptions, 'now'>,
): Promise<UserId[]> {
  await clearBackend(backend)
  const { people } = await seed(backend, { ...options, now: Date.now() })
  return people.map(({ id }) => id)
}

/** Signs in demo people one after another, calls `work`, and always closes their apps. */
export async function withDemoPeople<T>(
  context: BenchContext,
  indexes: readonly number[],
  work: (...people: Person[]) => Promise<T>,
): Promise<T> {
  const people: Person[] = []
  try {
    for (const index of indexes) {
      const { phone, displayName } = demoPerson(index)
      const person = new Person({ name: displayName, phone, backend: context.configFile })
      people.push(person)
      await person.start()
      await person.signIn({ isKnown: true })
    }
    return await work(...people)
  } finally {
    await Promise.all(people.map((person) => person.leave()))
  }
}

/** In MB, after a garbage collection. */
export async function heapOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page)
  try {
    await client.send('HeapProfiler.collectGarbage')
    const { usedSize } = await client.send('Runtime.getHeapUsage')
    return usedSize / 1e6
  } finally {
    await client.detach()
  }
}
