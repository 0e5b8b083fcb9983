import { app } from 'electron'
import { join } from 'node:path'

/** Path of a file in assets/, which is next to out/ both in the repository and in the packaged app. */
export function asset(name: string): string {
  // Not relative to this file: the build decides in which folder of out/ it is.
  return join(app.getAppPath(), 'assets', name)
}
