import { createRequire } from 'node:module'

/*
 * Preloaded into firebase-tools (`node --import`). Its Auth emulator compiles the schemas of all its operations at start,
 * which takes several seconds of one core. With this option it compiles each schema when it is first used.
 */

interface Exegesis {
  middleware: (spec: unknown, options: object) => unknown
}
const firebaseTools = createRequire(createRequire(import.meta.url).resolve('firebase-tools/package.json'))
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of the pinned version of firebase-tools
const exegesis = firebaseTools('exegesis-express') as Exegesis

const { middleware } = exegesis
exegesis.middleware = (spec, options) => middleware(spec, { ...options, lazyCompileValidationSchemas: true })
