import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAst } from 'vite'
import { root } from '../scripts/lib/paths.ts'
import type { Figure } from './figures.ts'

/** Measures the JavaScript of the first load: the scripts of index.html, their dynamic imports, and all static imports. */
export function benchBundle(): Figure[] {
  const page = join(root, 'out/renderer/index.html')
  const files = firstLoad(page)
  const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
  return [
    {
      name: 'first-load JavaScript, gzip',
      value: sizes.reduce((sum, size) => sum + size, 0) / 1000,
      unit: 'kB',
      budget: 350,
      detail: `${String(files.length)} files`,
    },
  ]
}

function firstLoad(page: string): string[] {
  const html = readFileSync(page, 'utf8')
  const entries = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/gu)].map(([, path = '']) =>
    join(dirname(page), path),
  )
  if (entries.length === 0) throw new Error('index.html loads no script.')
  const files = new Set(entries.flatMap((entry) => [entry, ...dynamicImports(entry)]))
  // Iterating a set includes elements added during the iteration.
  for (const file of files) for (const imported of staticImports(file)) files.add(imported)
  return [...files]
}

/** An entry first makes a request to the main process, then imports the rest. */
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
