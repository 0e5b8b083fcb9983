/** After this long without work, a page that was loaded for a hint is released, in ms. */
const WORKLESS_MS = 60_000
/** How long a page that may not be released yet is left alone, in ms. */
const RETRY_MS = 60_000
/** How often a page is loaded to look for messages that no push has announced, in ms. */
const POLL_MS = 15 * 60_000
/** How long a page that has crashed is left alone, in ms. Doubles with each crash: the same thing may make it crash again. */
const CRASH_MS = 60_000
const MAX_CRASH_MS = 60 * 60_000

export interface TrayLiteOptions {
  /** How long the window is hidden before the page is released, in ms; null: never. */
  after: () => number | null
  /** Divides all times; 1 but for tests. */
  pace: number
  /** Whether pushes arrive, so that nobody has to wait for a page that is not there. */
  isPushHealthy: () => boolean
  /** Whether main works for the page: files are sent, or a camera or microphone is open. */
  isBusy: () => boolean
  page: {
    isOpen: () => boolean
    isVisible: () => boolean
    /** The crash page replaces it. */
    hasCrashed: () => boolean
    /** Loads the page without showing it. */
    open: () => void
    /** The page must not show that this person is at the machine. */
    setBackground: (background: boolean) => void
    /** Asks the page to finish its work. It calls `mayRelease` when it has none. */
    askToRelease: () => void
    release: () => void
  }
}

/** Releases the page while the app is only in the tray, and loads it again for a moment when there may be something new. */
export interface TrayLite {
  /** The window was shown or hidden, the page has loaded or crashed, or the setting or the health of the push has changed. */
  update(): void
  /** The page has work that is worth waiting for: rows of the replica have changed. */
  worked(): void
  /** The page has no work left. */
  mayRelease(): void
  /** A push arrived, or the network is back: the page looks for what is new. */
  hint(): void
  stop(): void
}

export function createTrayLite({ pace, after, isPushHealthy, isBusy, page }: TrayLiteOptions): TrayLite {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** True while the page is loaded only because of a hint: nobody has seen it. */
  let isForHint = false
  /** The page was asked. An answer that comes after the window was shown counts no more. */
  let isAsked = false
  /** How often the page has crashed, since somebody saw it or it had no work left. */
  let crashes = 0
  /** After a crash: when the page is loaded again (ms, local clock). */
  let blockedUntil = 0
  let stopped = false

  function schedule(ms: number, action: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(action, ms / pace)
  }

  /** Null: the page stays. */
  function patience(): number | null {
    const wait = after()
    if (wait === null || !isPushHealthy()) return null
    return isForHint ? Math.min(wait, WORKLESS_MS) : wait
  }

  function plan(): void {
    clearTimeout(timer)
    if (stopped) return
    isAsked = false
    if (page.isVisible()) {
      isForHint = false
      crashes = 0
      blockedUntil = 0
    }
    page.setBackground(isForHint)
    if (page.isVisible()) return
    // Nobody sees the crash page, and it receives no messages.
    if (page.isOpen() && page.hasCrashed()) releaseCrashed()
    if (page.isOpen()) {
      const wait = patience()
      if (wait !== null) schedule(wait, ask)
    } else {
      const wait = after() === null || !isPushHealthy() ? 0 : POLL_MS
      const blocked = (blockedUntil - Date.now()) * pace
      if (blocked > 0) schedule(blocked, load)
      else if (wait === 0) load()
      else schedule(wait, load)
    }
  }

  function releaseCrashed(): void {
    const wait = Math.min(CRASH_MS * 2 ** crashes, MAX_CRASH_MS)
    crashes += 1
    blockedUntil = Date.now() + wait / pace
    page.release()
  }

  function ask(): void {
    // A page with work does not answer.
    schedule(RETRY_MS, ask)
    if (isBusy()) return
    isAsked = true
    page.setBackground(true)
    page.askToRelease()
  }

  function load(): void {
    isForHint = true
    page.open()
    // While the app quits, no page opens.
    if (page.isOpen()) plan()
  }

  return {
    update: plan,
    worked() {
      if (page.isOpen() && !page.isVisible()) plan()
    },
    mayRelease() {
      if (!isAsked || page.isVisible() || isBusy() || patience() === null) return
      crashes = 0
      page.release()
      plan()
    },
    hint() {
      if (!page.isOpen() && Date.now() >= blockedUntil) load()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
