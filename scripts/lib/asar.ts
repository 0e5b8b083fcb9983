import { readFileSync } from 'node:fs'
import { z } from 'zod'

interface Entry {
  files?: Record<string, Entry> | undefined
}
const entrySchema: z.ZodType<Entry> = z.object({
  get files() {
    return z.record(z.string(), entrySchema).optional()
  },
})

/** Returns the paths of all files in an asar archive, each with a leading slash. */
export function listAsar(path: string): string[] {
  const archive = readFileSync(path)
  // The header is a tree of files as JSON. It begins at byte 16; its length is at byte 12.
  const header = archive.subarray(16, 16 + archive.readUInt32LE(12)).toString()
  return filesOf(entrySchema.parse(JSON.parse(header)))
}

function filesOf({ files }: Entry, path = ''): string[] {
  if (files === undefined) return [path]
  return Object.entries(files).flatMap(([name, entry]) => filesOf(entry, `${path}/${name}`))
}
