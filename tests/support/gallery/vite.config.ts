import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// `npm test -- e2e` builds the gallery; `npx vite tests/support/gallery` serves it from source.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../../.perch/gallery',
    emptyOutDir: true,
    target: 'chrome142',
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: {
      output: {
        // The setting of no-eval.ts must run before any other chunk creates a schema.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'zod', test: /\/node_modules\/zod\/|\/no-eval\.ts$/u }],
        },
      },
    },
  },
})
