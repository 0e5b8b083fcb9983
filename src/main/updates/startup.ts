import { begin, canGoBack, ranWell, wentBack } from './ledger.ts'
import type { LedgerFile } from './ledger-file.ts'
import { dropKept, restoreKept, type Installation } from './installation.ts'

/* Finds out whether this version runs well, and brings the older one back if it does not. Imports only Node's own modules: see ledger.ts. */

/** So long the page has to stay after it is ready, in ms. */
const STAY_MS = 30_000

export interface StartupOptions {
  ledger: LedgerFile
  installation: Installation
  /** The folder of the kept version. */
  directory: string
  version: string
  /** Ends the app, and starts it again. */
  restart: () => void
  /** Ends the app. */
  exit: () => void
  warn: (event: string, error?: unknown) => void
}

export interface Startup {
  ledger: LedgerFile
  installation: Installation
  /** The window stays hidden: the app was in the tray when it was updated. */
  isHidden: boolean
  pageReady(): void
  /** The page was closed, crashed or loaded again. */
  pageGone(): void
  /** The app ends in order. */
  quit(): void
  /** The app has to end because of an error. True: it starts again, with the older version after the last trial. */
  failed(): boolean
}

/** Null: the older version is being brought back, and this one must not start. */
export function beginStartup(options: StartupOptions): Startup | null {
  const { ledger, installation, directory, version, warn } = options
  const isHidden = ledger.get().hiddenOnce
  const start = begin(ledger.get(), version)
  if (start.goBack && goBack(options)) return null
  if (!ledger.set(start.ledger)) warn('the ledger of versions cannot be written')
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReady = false

  function good(): void {
    clearTimeout(timer)
    if (ledger.get().good === version) return
    const drops = canGoBack(ledger.get(), version)
    ledger.set(ranWell(ledger.get(), version))
    if (drops) dropKept(installation, directory)
  }

  return {
    ledger,
    installation,
    isHidden,
    pageReady() {
      isReady = true
      if (ledger.get().good === version) return
      clearTimeout(timer)
      timer = setTimeout(good, STAY_MS)
    },
    pageGone() {
      isReady = false
      clearTimeout(timer)
    },
    quit() {
      if (isReady) good()
    },
    failed() {
      const again = canGoBack(ledger.get(), version)
      if (again) options.restart()
      return again
    },
  }
}

/** False: it could not be done, so this version has to start after all. */
function goBack({ ledger, installation, directory, version, restart, exit, warn }: StartupOptions): boolean {
  try {
    const { restarts } = restoreKept(installation, directory)
    ledger.set(wentBack(ledger.get(), version))
    if (restarts) exit()
    else restart()
    return true
  } catch (error) {
    warn('the older version could not be brought back', error)
    return false
  }
}
