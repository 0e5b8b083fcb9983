import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { backendSchema, type Backend } from '#shared/backend.ts'

export const BACKEND_FILE = 'perch.config.json'

/** The configuration is invalid. The message is written for the person who edits the file. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
}

export function parseBackend(text: string, file: string): Backend {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new BackendError(`${file} isn’t valid JSON. Correct it, then start Perch again.`, { cause })
  }
  const backend = backendSchema.safeParse(value)
  if (!backend.success)
    throw new BackendError(
      `${file} isn’t valid. Correct it, then start Perch again.\n${z.prettifyError(backend.error)}`,
    )
  return backend.data
}

export function readBackend(file: string): Backend {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new BackendError(`Perch can’t read ${file}. Check that the file exists, then start Perch again.`, {
      cause,
    })
  }
  return parseBackend(text, file)
}
