import { app, powerMonitor } from 'electron'
import type { Log } from './log.ts'

/** The page has this long to tell the others that the person is offline. */
const GOODBYE_MS = 1000

export interface QuitOptions {
  log: Log
  /** Hides what can be seen and tells the page; false when no page listens. */
  sayGoodbye: () => boolean
  /** Ends what must end in order. */
  close: () => Promise<void>
}

export interface Quit {
  /** The page has said its goodbye. */
  ready(): void
}

/** Quitting really quits, but not before the page has said goodbye (or GOODBYE_MS have passed) and the store is closed. */
export function handleQuit({ log, sayGoodbye, close }: QuitOptions): Quit {
  const goodbye = Promise.withResolvers<void>()
  let state: 'running' | 'closing' | 'closed' = 'running'

  async function end(): Promise<void> {
    if (sayGoodbye()) {
      const limit = setTimeout(goodbye.resolve, GOODBYE_MS)
      await goodbye.promise
      clearTimeout(limit)
    }
    await close().catch((error: unknown) => log.write('error', 'not closed cleanly', error))
    state = 'closed'
    app.quit()
  }

  // Whoever holds the quit up now stops the whole system from shutting down. The replica survives any end.
  powerMonitor.on('shutdown', () => {
    if (state === 'running') sayGoodbye()
    state = 'closed'
  })
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void end()
  })
  return {
    ready() {
      if (state === 'closing') goodbye.resolve()
    },
  }
}
