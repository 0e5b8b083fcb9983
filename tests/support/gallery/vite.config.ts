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
    rollupOptions: {
      output: {
        codeSplitting: {
          // Chunks run before the entry that imports them. This one runs before any chunk that makes a schema.
          groups: [{ name: 'zod', test: /\/zod\/|\/no-eval\.ts$/u }],
        },
      },
    },
  },
})
