import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Built as the app's page is built; `npx vite tests/support/gallery` serves it from source.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../../.perch/gallery',
    emptyOutDir: true,
    target: 'chrome142',
    chunkSizeWarningLimit: Infinity,
  },
})
