import { defineConfig } from 'vite'

/** Bundles the functions with what they use of src/shared into lib/, because a deployment uploads only this folder. */
export default defineConfig({
  build: { ssr: 'src/index.ts', outDir: 'lib', target: 'node24', minify: false },
  // All other packages are installed from package-lock.json of this folder.
  ssr: { noExternal: ['zod'] },
})
