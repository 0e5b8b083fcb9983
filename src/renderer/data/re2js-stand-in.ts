/*
 * Firestore includes re2js (45 kB gzipped) for regular expressions in its query pipelines, which Perch does not use. The build
 * replaces it with this file (electron.vite.config.ts).
 */
export const RE2JS = {
  compile(): never {
    throw new Error('Firestore pipelines with regular expressions are left out of this build')
  },
}
