import { join } from 'node:path'

/** Path of a file in assets/, which is next to out/ both in the repository and in the packaged app. */
export function asset(name: string): string {
  return join(import.meta.dirname, '../../assets', name)
}
