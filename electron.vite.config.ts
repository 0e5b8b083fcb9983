import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { normalizePath, type Rolldown } from 'vite'

const page = normalizePath(resolve('src/renderer/main.ts'))
const app = normalizePath(resolve('src/renderer/app/start.tsx'))

/** Returns the entry and all modules that it imports statically. */
function staticGraph(entry: string, modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>): Set<string> {
  const graph = new Set([entry])
  // Iterating a set includes elements added during the iteration.
  for (const id of graph) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) graph.add(imported)
  }
  if (graph.size === 1) throw new Error(`The build has no module ${entry}, or it imports nothing.`)
  return graph
}

/** Puts all static imports of the app into one chunk. By default, parts shared with lazy imports become separate chunks. */
function firstLoad(): Rolldown.CodeSplittingNameFunction {
  let graphs: { page: Set<string>; app: Set<string> } | undefined
  return (id, modules) => {
    graphs ??= { page: staticGraph(page, modules), app: staticGraph(app, modules) }
    return graphs.app.has(id) && !graphs.page.has(id) ? 'start' : null
  }
}

// Everything is bundled, because the packaged app contains out/ but no node_modules.
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          'store-worker': resolve('src/main/store/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        input: resolve('src/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    resolve: { alias: { re2js: resolve('src/renderer/data/re2js-stand-in.ts') } },
    build: {
      target: 'chrome142',
      minify: true,
      // bench/bundle.ts checks the size of the first load.
      chunkSizeWarningLimit: Infinity,
      rollupOptions: {
        input: { index: resolve('src/renderer/index.html') },
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ name: firstLoad(), debugName: 'first load' }],
          },
        },
      },
    },
  },
})
