import { app, powerMonitor } from 'electron'
import type { Log } from '../log/log.ts'

/** Maximum time for the page to save drafts and to set the presence to offline. */
const MAX_PAGE_WAIT_MS = 1000

export interface QuitOptions {
  log: Log
  /** Hides the window and the tray and notifies the page. Returns false when no page is ready. */
  beginQuit: () => boolean
  /** Asks the person if something would be interrupted. False: they keep the app open. */
  mayQuit: () => Promise<boolean>
  /** Closes the store. */
  close: () => Promise<void>
}

export interface Quit {
  /** The page has finished its work: quitting continues. */
  ready(): void
}

/** Delays quitting until the page has finished its work (at most MAX_PAGE_WAIT_MS) and the store is closed. */
export function handleQuit({ log, beginQuit, mayQuit, close }: QuitOptions): Quit {
  const pageDone = Promise.withResolvers<void>()
  let state: 'running' | 'asking' | 'closing' | 'closed' = 'running'

  async function ask(): Promise<void> {
    // A question that cannot be asked must not keep the app open.
    const may = await mayQuit().catch((error: unknown) => {
      log.write('error', 'could not ask before quitting', error)
      return true
    })
    if (state !== 'asking') return
    state = may ? 'closing' : 'running'
    if (may) await finish()
  }

  async function finish(): Promise<void> {
    if (beginQuit()) {
      const timeout = setTimeout(pageDone.resolve, MAX_PAGE_WAIT_MS)
      await pageDone.promise
      clearTimeout(timeout)
    }
    await close().catch((error: unknown) => log.write('error', 'could not close the store', error))
    state = 'closed'
    app.quit()
  }

  // Quits without delay, because a delay would block the shutdown of the whole system. The replica survives an abrupt end.
  powerMonitor.on('shutdown', () => {
    if (state === 'running' || state === 'asking') beginQuit()
    state = 'closed'
  })
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state !== 'running') return
    state = 'asking'
    void ask()
  })
  return {
    ready() {
      if (state === 'closing') pageDone.resolve()
    },
  }
}
