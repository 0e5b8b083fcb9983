import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

interface Entry {
  files?: Record<string, Entry> | undefined
  size?: number | undefined
  offset?: string | undefined
}
const entrySchema: z.ZodType<Entry> = z.object({
  get files() {
    return z.record(z.string(), entrySchema).optional()
  },
  size: z.number().optional(),
  offset: z.string().regex(/^\d+$/).optional(),
})

interface AsarFile {
  /** Path in the archive, with a leading slash. */
  path: string
  content: Buffer
}

/** Reads all files of an asar archive. Throws when a file is stored beside the archive instead of in it. */
export function readAsar(archivePath: string): AsarFile[] {
  const archive = readFileSync(archivePath)
  // The header is a tree of files as JSON. It begins at byte 16; its length is at byte 12, with padding at byte 4.
  const header = archive.subarray(16, 16 + archive.readUInt32LE(12)).toString()
  const contents = archive.subarray(8 + archive.readUInt32LE(4))
  return filesOf(entrySchema.parse(JSON.parse(header))).map(({ path, entry: { offset, size } }) => {
    if (offset === undefined || size === undefined) throw new Error(`${path} is not in ${archivePath}`)
    return { path, content: contents.subarray(Number(offset), Number(offset) + size) }
  })
}

export function extractAsar(archivePath: string, directory: string): void {
  for (const { path, content } of readAsar(archivePath)) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

function filesOf(entry: Entry, path = ''): { path: string; entry: Entry }[] {
  if (entry.files === undefined) return [{ path, entry }]
  return Object.entries(entry.files).flatMap(([name, child]) => filesOf(child, `${path}/${name}`))
}
