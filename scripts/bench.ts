import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { benchBundle } from '../bench/bundle.ts'
import { benchCatchUp } from '../bench/catch-up.ts'
import { buildPages, type BenchContext } from '../bench/context.ts'
import { benchDelivery } from '../bench/delivery.ts'
import { isMet, toLine, type Figure } from '../bench/figures.ts'
import { benchGroupLoad } from '../bench/group-load.ts'
import { benchHostile } from '../bench/hostile.ts'
import { benchLongChat } from '../bench/long-chat.ts'
import { benchMainAlone } from '../bench/main-alone.ts'
import { benchManyGroups } from '../bench/many-groups.ts'
import { benchOperations } from '../bench/operations.ts'
import { benchPageAlone } from '../bench/page-alone.ts'
import { benchMedia } from '../bench/media.ts'
import { benchPhotos } from '../bench/photos.ts'
import { benchStart } from '../bench/start.ts'
import { benchStore } from '../bench/store.ts'
import { benchTray } from '../bench/tray.ts'
import { withBackend } from './lib/backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand, writeJson } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { ensureElectron } from './lib/electron.ts'

const help = `
npm run bench [-- --only NAME]... [--json FILE]

Measures the app and prints each figure with its budget. Takes some minutes. Other load on the machine changes the figures.
Fails when a budget is missed.

  --only NAME   run only this benchmark; can be repeated:
    bundle        size of the first load
    store         the replica alone: search, pages, durable sends, with 100,000 messages
    operations    Firestore reads and writes per text message
    delivery      time from sending to visible in another window, compared with the bare SDK; time to the own bubble
    long-chat     opening and scrolling a chat of 100,000 messages
    photos        scrolling a chat of 5,000 photos, opening the viewer
    hostile       how long files that are made to do harm keep the app busy
    media         previews of dropped photos; an upload compared with the bare SDK
    start         cold start with 500 chats, compared with an empty window
    page-alone    the page of such a start in plain Chromium, compared with an empty page
    main-alone    main until it asks for the page, in plain Node, compared with an empty main
    catch-up      start after 500 messages arrived in 50 chats while the app was closed
    many-groups   cold start, list and search with 300 groups and 50 direct chats
    tray          memory in the tray without the page; from a click to the list
    group-load    a group of 256 people in which 20 write 20 texts per second for a minute
  --json FILE   also write the figures to FILE
`

const benchmarks: Readonly<Record<string, (context: BenchContext) => Promise<Figure[]> | Figure[]>> = {
  bundle: benchBundle,
  store: benchStore,
  operations: benchOperations,
  delivery: benchDelivery,
  'long-chat': benchLongChat,
  photos: benchPhotos,
  hostile: benchHostile,
  media: benchMedia,
  start: benchStart,
  'page-alone': benchPageAlone,
  'main-alone': benchMainAlone,
  'catch-up': benchCatchUp,
  'many-groups': benchManyGroups,
  tray: benchTray,
  'group-load': benchGroupLoad,
}

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string', multiple: true }, json: { type: 'string' } },
  })
  const unknown = values.only?.find((name) => !Object.hasOwn(benchmarks, name))
  if (unknown !== undefined) throw new Unmet(`There is no benchmark "${unknown}"; --help lists them.`)
  const chosen = Object.entries(benchmarks).filter(([name]) => values.only?.includes(name) ?? true)

  const { real } = await ensureElectron()
  await ensureBuilt()
  const pages = mkdtempSync(join(tmpdir(), 'perch-bench-pages-'))
  try {
    await buildPages(pages)
    const figures = await withBackend(async ({ backend, configFile }) => {
      process.env['PERCH_BACKEND'] = configFile
      const all: Figure[] = []
      for (const [name, measure] of chosen) {
        const started = performance.now()
        step(name)
        const some = await measure({ backend, configFile, pages })
        for (const figure of some) note(toLine(figure))
        note(`(${((performance.now() - started) / 1000).toFixed(0)} s)`)
        all.push(...some)
      }
      return all
    })
    writeJson(values.json, reportOf(figures, real))
    return conclude(figures)
  } finally {
    rmSync(pages, { recursive: true, force: true })
  }
})

function conclude(figures: readonly Figure[]): number {
  step('All figures')
  for (const figure of figures) console.log(toLine(figure))
  const missed = figures.filter((figure) => isMet(figure) === false).length
  const met = figures.filter((figure) => isMet(figure) === true).length
  console.log(`bench: ${String(met)} budgets met, ${String(missed)} missed`)
  return missed === 0 ? 0 : 1
}

function reportOf(figures: readonly Figure[], real: boolean): object {
  const machine = {
    processors: cpus().map(({ model }) => model),
    node: process.version,
    host: real ? 'Electron' : 'electron host',
  }
  return { machine, figures: figures.map((figure) => ({ ...figure, met: isMet(figure) ?? null })) }
}
