import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Everything is bundled: the packaged app holds out/ and no node_modules.
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
      // The first load has a budget of its own: bench/bundle.ts.
      chunkSizeWarningLimit: Infinity,
      rollupOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})
