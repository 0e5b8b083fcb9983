import type { InstallAnswer, UpdateState } from '#shared/bridge/updates.ts'
import type { ReasonsToWait } from './reasons-to-wait.ts'
import { problemOf } from './update-error.ts'

/** Between two checks, in ms. */
const CHECK_MS = 4 * 3_600_000
/** After the first failure in a row. Each further one doubles it. */
const RETRY_MS = 5 * 60_000
/** Each wait is up to this part longer or shorter, so that the installations do not all ask at once. */
const JITTER = 0.25

/** A version that this installation may get. */
export interface Offer {
  version: string
  /** Plain text. */
  notes: string
}

/** Where updates come from, and how they are installed. */
export interface UpdateSource {
  /** Null: there is nothing newer. `asked`: also a version that is not offered to everybody yet. */
  check(asked: boolean): Promise<Offer | null>
  /** Downloads and verifies what `check` has found. */
  download(onProgress: (percent: number) => void): Promise<void>
  /** Ends the app, installs, and starts it again. False: this system needs `app.quit` and `installOnQuit`. */
  restart(): boolean
  /** The app ends now. Throws when it cannot install. */
  installOnQuit(restart: boolean): void
}

export interface UpdatesOptions {
  source: UpdateSource
  reasons: ReasonsToWait
  /** Keeps this version, to go back to it if the next one does not start. */
  keep: (next: string) => Promise<void>
  /** Whether the person has left it on that updates come by themselves. */
  isAutomatic: () => boolean
  /** The version that did not start here, if it is newer than this one. */
  failedVersion: () => string | null
  /** The next start shows no window. */
  hideNextStart: () => void
  quit: () => void
  now: () => number
  random: () => number
  /** Divides all times; 1 but for tests. */
  pace: number
  onState: (state: UpdateState) => void
  log: (event: string, detail: unknown) => void
}

export interface Updates {
  check(asked: boolean): Promise<void>
  install(): Promise<InstallAnswer>
  /** Call it every minute: checks when it is time, and installs when nobody is disturbed. */
  tick(): Promise<void>
  /** The app ends in order. */
  installOnQuit(): void
}

/** Until the next check, in ms. `random` is at least 0 and below 1. */
export function checkDelay(failures: number, random: number): number {
  const usual = failures === 0 ? CHECK_MS : Math.min(CHECK_MS, RETRY_MS * 2 ** (failures - 1))
  return usual * (1 - JITTER + 2 * JITTER * random)
}

export function createUpdates(options: UpdatesOptions): Updates {
  const { source, reasons, keep, now, log } = options
  let state: UpdateState = { state: 'current', checkedAt: null, failed: options.failedVersion() }
  let failures = 0
  /** When the next automatic check is due. */
  let dueAt = now()
  let isRestarting = false
  let startsHidden = false

  function setState(next: UpdateState): void {
    state = next
    options.onState(next)
  }

  async function fetchUpdate(asked: boolean): Promise<void> {
    setState({ state: 'checking' })
    const offer = await source.check(asked)
    if (offer === null) {
      setState({ state: 'current', checkedAt: now(), failed: options.failedVersion() })
      return
    }
    const { version, notes } = offer
    setState({ state: 'downloading', version, percent: 0 })
    await source.download((percent) => {
      if (state.state === 'downloading' && percent > state.percent)
        setState({ state: 'downloading', version, percent })
    })
    await keep(version)
    setState({ state: 'ready', version, notes })
  }

  async function check(asked: boolean): Promise<void> {
    if (state.state !== 'current' && state.state !== 'failed') return
    try {
      await fetchUpdate(asked)
      failures = 0
    } catch (error) {
      failures += 1
      log('update', error)
      setState({ state: 'failed', problem: problemOf(error) })
    }
    dueAt = now() + checkDelay(failures, options.random()) / options.pace
  }

  function restart(): void {
    isRestarting = true
    if (!source.restart()) options.quit()
  }

  return {
    check,
    async install() {
      if (state.state !== 'ready') return 'none'
      const reason = await reasons.ifAsked()
      if (reason !== null) return reason
      restart()
      return 'restarts'
    },
    async tick() {
      if (isRestarting) return
      if (state.state === 'ready') {
        if (!options.isAutomatic() || (await reasons.ifUnasked()) !== null) return
        startsHidden = true
        restart()
      } else if (options.isAutomatic() && now() >= dueAt) await check(false)
    },
    installOnQuit() {
      if (state.state !== 'ready') return
      try {
        if (startsHidden) options.hideNextStart()
        source.installOnQuit(isRestarting)
      } catch (error) {
        log('install', error)
      }
    },
  }
}
