import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { normalizePath, type Plugin, type Rolldown } from 'vite'

const page = normalizePath(resolve('src/renderer/main.ts'))
const app = normalizePath(resolve('src/renderer/app/start.tsx'))
const ajv = resolve('src/main/settings/ajv-stand-in.ts')
/** The modules that are imported when the first screen is painted, to talk to the server. */
const server = ['data/firebase.ts', 'data/phone-auth.ts', 'services/session/live-session.ts'].map((file) =>
  normalizePath(resolve('src/renderer', file)),
)

/** Returns the entries and all modules that they import statically. */
function staticGraph(
  entries: readonly string[],
  modules: Pick<Rolldown.PluginContext, 'getModuleInfo'>,
): Set<string> {
  const graph = new Set(entries)
  // Iterating a set includes elements added during the iteration.
  for (const id of graph) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) graph.add(imported)
  }
  if (graph.size === entries.length)
    throw new Error(`The build has no module ${entries.join(' or ')}, or it imports nothing.`)
  return graph
}

/**
 * Names the chunk of a module: `start` for the app's static imports, `server` for what the code that talks to the server adds.
 * By default, parts shared with other lazy imports become separate chunks, and each chunk costs a request.
 */
function firstLoad(): Rolldown.CodeSplittingNameFunction {
  let graphs: { page: Set<string>; start: Set<string>; server: Set<string> } | undefined
  return (id, modules) => {
    graphs ??= {
      page: staticGraph([page], modules),
      start: staticGraph([app], modules),
      server: staticGraph(server, modules),
    }
    if (graphs.page.has(id)) return null
    if (graphs.start.has(id)) return 'start'
    return graphs.server.has(id) ? 'server' : null
  }
}

/**
 * Leaves zod's JSON Schema output (5 kB gzipped) out of the page. The page never uses it, but tree shaking keeps it,
 * because every schema has methods that call it.
 */
function withoutJsonSchema(): Plugin {
  return {
    name: 'perch:without-json-schema',
    apply: 'build',
    transform: {
      filter: { id: /\/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/u },
      handler(code) {
        const names = [...code.matchAll(/^export (?:const|function) (\w+)/gmu)].map(([, name = '']) => name)
        const missing = `() => { throw new Error('JSON Schema is left out of this build') }`
        return { code: names.map((name) => `export const ${name} = ${missing}`).join('\n'), map: null }
      },
    },
  }
}

/**
 * Links the style sheet of the app's chunk in index.html: the snapshot of the chat list is painted with it, before the chunk runs.
 * The chunk itself is not preloaded, because compiling it would delay that paint.
 */
function linkStyles(): Plugin {
  return {
    name: 'perch:link-styles',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const start = Object.values(bundle).find(({ name, type }) => type === 'chunk' && name === 'start')
        if (start?.type !== 'chunk') throw new Error('The build has no chunk "start".')
        return [...(start.viteMetadata?.importedCss ?? [])].map((file) => ({
          tag: 'link',
          attrs: { rel: 'stylesheet', crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}

/** Leaves zod's English error texts out of the page, because the page shows none. Issues keep their code and path. */
function withoutZodTexts(): Plugin {
  return {
    name: 'perch:without-zod-texts',
    apply: 'build',
    transform: {
      filter: { id: /\/zod\/v4\/locales\/en\.js$/u },
      handler: () => ({ code: 'export default () => ({ localeError: () => undefined })', map: null }),
    },
  }
}

/** Leaves semver out of electron-store, see the stand-in. electron-updater keeps it. */
function withoutSemver(): Plugin {
  const standIn = resolve('src/main/settings/semver-stand-in.ts')
  return {
    name: 'perch:without-semver',
    enforce: 'pre',
    apply: 'build',
    resolveId: {
      filter: { id: /^semver$/u },
      handler: (_, importer) =>
        importer !== undefined && /[/\\]node_modules[/\\]conf[/\\]/u.test(importer) ? standIn : null,
    },
  }
}

// Everything is bundled, because the packaged app contains out/ but no node_modules.
export default defineConfig({
  main: {
    plugins: [withoutSemver()],
    resolve: { alias: { 'ajv/dist/2020.js': ajv, 'ajv-formats': ajv } },
    build: {
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          start: resolve('src/main/start.ts'),
          // Beside start.js, which imports it: it finds the page and the worker from its own place.
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
    plugins: [react(), withoutJsonSchema(), withoutZodTexts(), linkStyles()],
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
