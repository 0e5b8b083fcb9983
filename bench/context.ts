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

/** What every benchmark that runs the app needs: a backend of its own, the benchmark's own pages. */
export interface BenchContext {
  backend: Backend
  /** The file to name in PERCH_BACKEND. */
  configFile: string
  /** Built by `buildPages`. */
  pages: string
}

const PROBE = 'probe.js'
const windowApp = join(import.meta.dirname, 'window')
const sources = join(import.meta.dirname, 'pages')

/** Builds the benchmark's pages and its probe into the folder. */
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
      rollupOptions: { input: join(sources, 'bare-sdk.html') },
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

/** Puts the probe into a page of the app, past its policy, which lets no other script in. */
export async function putProbe({ pages }: BenchContext, page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('Runtime.evaluate', { expression: readFileSync(join(pages, PROBE), 'utf8') })
  await page.waitForFunction(() => 'benchProbe' in window)
}

/** Starts the least Electron app with one of the benchmark's pages, on the same host as the app. */
export function launchPage(
  { pages }: BenchContext,
  page: string,
  options: LaunchOptions = {},
): Promise<LaunchedApp> {
  return launchApp({ ...options, appDir: windowApp, env: { BENCH_PAGES: pages, BENCH_PAGE: page } })
}

/** Empties the backend, then puts demo people and chats into it. */
export async function seedAnew(
  { backend }: BenchContext,
  options: Omit<SeedOptions, 'now'>,
): Promise<UserId[]> {
  await clearBackend(backend)
  const { people } = await seed(backend, { ...options, now: Date.now() })
  return people.map(({ id }) => id)
}

/** Signs demo people in, one after the other, and has them leave, whatever happens in between. */
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
