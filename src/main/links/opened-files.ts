import { resolve } from 'node:path'
import { app } from 'electron'
import { looksLikeLink } from '#shared/domain/deep-link.ts'

/** More paths than this at once are dropped. The page stages fewer. */
const MAX_PATHS = 100

/**
 * Calls `onPaths` for files of this start, of later starts, and of macOS. Call it before the app is ready. A start with a link brings no
 * files: a web page could have written the rest of the command line.
 */
export function watchOpenedFiles(argv: readonly string[], onPaths: (paths: string[]) => void): void {
  const take = (all: readonly string[], directory: string): void => {
    const paths = all.some(looksLikeLink) ? [] : pathsOf(all, directory)
    if (paths.length > 0) onPaths(paths)
  }
  take(argv, process.cwd())
  app.on('second-instance', (_event, laterArgv, directory) => take(laterArgv, directory))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    onPaths([path])
  })
}

/** The arguments that are files: those after the program, and after the app's folder where it runs from the repository. */
function pathsOf(argv: readonly string[], directory: string): string[] {
  const isFolderOfApp = (argument: string): boolean => resolve(directory, argument) === app.getAppPath()
  const start = app.isPackaged ? 0 : argv.findIndex(isFolderOfApp)
  if (start === -1) return []
  return argv
    .slice(start + 1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .slice(0, MAX_PATHS)
    .map((argument) => resolve(directory, argument))
}
