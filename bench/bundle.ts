import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAst } from 'vite'
import { root } from '../scripts/lib/paths.ts'
import type { Figure } from './figures.ts'

/** Largest size of the first load, in bytes after gzip. */
export const FIRST_LOAD_BUDGET = 350_000

/** Measures the JavaScript of the first load: the scripts of index.html, their dynamic imports, and all static imports. */
export function firstLoadSize(): { bytes: number; files: number } {
  const files = firstLoad(join(root, 'out/renderer/index.html'))
  const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: files.length }
}

export function benchBundle(): Figure[] {
  const { bytes, files } = firstLoadSize()
  return [
    {
      name: 'first-load JavaScript, gzip',
      value: bytes / 1000,
      unit: 'kB',
      budget: FIRST_LOAD_BUDGET / 1000,
      detail: `${String(files)} files`,
    },
  ]
}

function firstLoad(page: string): string[] {
  const html = readFileSync(page, 'utf8')
  // Only scripts have `src`. The preload links name files that the entry imports, which are found below.
  const entries = [...html.matchAll(/src="([^"]+\.js)"/gu)].map(([, path = '']) => join(dirname(page), path))
  if (entries.length === 0) throw new Error('index.html loads no script.')
  const files = new Set(entries.flatMap((entry) => [entry, ...dynamicImports(entry)]))
  // Iterating a set includes elements added during the iteration.
  for (const file of files) for (const imported of staticImports(file)) files.add(imported)
  return [...files]
}

/** The entry loads the rest of the page with `import()`, after its first calls to the main process. */
function dynamicImports(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/\bimport\(["'`](\.[^"'`]+\.js)["'`]\)/gu)].map(
    ([, path = '']) => join(dirname(file), path),
  )
}

function staticImports(file: string): string[] {
  return parseAst(readFileSync(file, 'utf8')).body.flatMap((node) => {
    const isImport =
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      node.type === 'ExportNamedDeclaration'
    return isImport && node.source ? [join(dirname(file), node.source.value)] : []
  })
}
