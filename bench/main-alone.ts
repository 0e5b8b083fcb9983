import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../scripts/lib/paths.ts'
import type { BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'

const STARTS = 15
const perchMain = join(root, 'out/main/start.js')
const emptyMain = join(import.meta.dirname, 'window/main.js')
const thinElectron = pathToFileURL(join(import.meta.dirname, 'window/thin-electron.js')).href

/**
 * Measures main without the app around it: from the start of Node to the request for the page, with an Electron that does
 * nothing. Compares it with a main that only opens a window; both take turns.
 */
export function benchMainAlone({ configFile }: BenchContext): Figure[] {
  const profile = mkdtempSync(join(tmpdir(), 'perch-bench-main-'))
  const start = (main: string): number => {
    const started = performance.timeOrigin + performance.now()
    const env = { ...process.env, PERCH_BACKEND: configFile, BENCH_PROFILE: profile }
    const asked = execFileSync(process.execPath, ['--import', thinElectron, main], {
      env,
      encoding: 'utf8',
      timeout: 20_000,
    })
    if (asked === '') throw new Error(`${main} asked for no page.`)
    return Number(asked) - started
  }
  const perch: number[] = []
  const empty: number[] = []
  try {
    // The first starts fill caches and do not count.
    for (let n = 0; n <= STARTS; n++) {
      const [emptyTime, perchTime] = [start(emptyMain), start(perchMain)]
      if (n === 0) continue
      empty.push(emptyTime)
      perch.push(perchTime)
    }
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
  const ratio = (median(perch) / median(empty)).toFixed(2)
  return [
    {
      name: 'main alone: process start to page asked for, p50',
      value: median(perch),
      unit: 'ms',
      // The empty main is nothing but the start of Node, which Electron starts differently.
      budget: null,
      detail: `${ratio} × the ${ms(median(empty))} of an empty main, which is the start of Node: no budget`,
    },
  ]
}
