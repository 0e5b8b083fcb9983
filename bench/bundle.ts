import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseAst } from 'vite'
import { root } from '../scripts/lib/paths.ts'
import type { Figure } from './figures.ts'

/** Maximum size of the scripts in bytes, gzip. */
export const FIRST_LOAD_BUDGETS = {
  /** What the page needs before it paints the chat list. */
  list: 200_000,
  /** The same, and the code that talks to the server. */
  withServer: 350_000,
}

interface Size {
  bytes: number
  files: number
}

/**
 * Measures the scripts of the first load: those of index.html, their dynamic imports, and all static imports. `withServer` also
 * counts the chunk that is loaded after the first paint.
 */
export function firstLoadSizes(): Record<keyof typeof FIRST_LOAD_BUDGETS, Size> {
  const list = firstLoad(join(root, 'out/renderer/index.html'))
  return { list: sizeOf(list), withServer: sizeOf(withStaticImports([...list, ...serverChunk(list)])) }
}

export function benchBundle(): Figure[] {
  const sizes = firstLoadSizes()
  const figure = (key: keyof typeof FIRST_LOAD_BUDGETS, name: string): Figure => ({
    name,
    value: sizes[key].bytes / 1000,
    unit: 'kB',
    budget: FIRST_LOAD_BUDGETS[key] / 1000,
    detail: `${String(sizes[key].files)} files`,
  })
  return [
    figure('list', 'JavaScript before the list is painted, gzip'),
    figure('withServer', 'JavaScript of the first load with Firebase, gzip'),
  ]
}

function sizeOf(files: readonly string[]): Size {
  const sizes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: files.length }
}

function firstLoad(page: string): string[] {
  const html = readFileSync(page, 'utf8')
  // Links preload what the entry imports.
  const entries = [...html.matchAll(/src="([^"]+\.js)"/gu)].map(([, path = '']) => join(dirname(page), path))
  if (entries.length === 0) throw new Error('index.html loads no script.')
  return withStaticImports(entries.flatMap((entry) => [entry, ...dynamicImports(entry)]))
}

/** Returns the files and everything that they import statically. */
function withStaticImports(entries: readonly string[]): string[] {
  const files = new Set(entries)
  // Iterating a set includes elements added during the iteration.
  for (const file of files) for (const imported of staticImports(file)) files.add(imported)
  return [...files]
}

/** The chunk `server` (see electron.vite.config.ts). */
function serverChunk(files: readonly string[]): string[] {
  const chunks = files.flatMap(dynamicImports).filter((file) => basename(file).startsWith('server-'))
  if (chunks.length === 0) throw new Error('The first load does not import the chunk "server".')
  return chunks
}

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
