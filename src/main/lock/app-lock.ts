import type { MethodName } from '#shared/bridge/index.ts'
import type { LockState, lockMethods, PinResult } from '#shared/bridge/lock.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { MachineHandlers } from '../bridge/dispatcher.ts'
import type { PinGuard } from './pin-guard.ts'
import { mayRunWhileLocked } from './while-locked.ts'

/** How long the page may take to hide everything, in ms. */
const COVER_MS = 5000

export type LockHandlers = Pick<MachineHandlers, keyof typeof lockMethods>

export interface TouchId {
  /** This machine can ask for a fingerprint. */
  isAvailable: () => boolean
  /** The person wants it. */
  isWanted: () => boolean
  /** Rejects when the fingerprint was not given. */
  prompt: () => Promise<void>
}

export interface AppLockOptions {
  guard: Pick<PinGuard, 'hasPin' | 'waitMs' | 'check' | 'set' | 'remove' | 'drop' | 'clear'>
  touchId: TouchId
  /** Tells the page. */
  send: (state: LockState) => void
  /** False: no page has to be covered. */
  hasPage: () => boolean
  /** Ends the page, even if it hangs, and loads it again; it then starts locked. */
  endPage: () => void
  /** Erases every account on this machine, while no page is loaded; then calls `done`, and loads the page again. */
  eraseAll: (done: () => void) => Promise<void>
}

/** Whether the app is locked. It starts locked when there is a PIN. */
export interface AppLock {
  readonly handlers: LockHandlers
  isLocked(): boolean
  /** Whether the page may call this method now. */
  mayRun(method: MethodName): boolean
  state(): LockState
  /** Does nothing without a PIN, or while the app is locked. */
  lock(): void
  /** Calls the listener after the app was locked or unlocked, or a PIN was set or removed. */
  onChange(listener: () => void): void
  /** The account was deleted from this machine by the person: there is nothing left to lock. */
  signedOut(): void
  /** The page listens to events. It may have missed a change. */
  pageReady(): void
}

export function createAppLock(options: AppLockOptions): AppLock {
  const { guard, touchId } = options
  let locked = guard.hasPin()
  const listeners: (() => void)[] = []
  let coverTimer: NodeJS.Timeout | undefined
  let isErasing = false

  const state = (): LockState => ({
    hasPin: guard.hasPin(),
    locked,
    waitMs: guard.waitMs(),
    touchId: touchId.isAvailable(),
  })

  /** A page that does not hide everything soon, whatever the reason, is ended. */
  function tellPage(): void {
    clearTimeout(coverTimer)
    options.send(state())
    if (locked && options.hasPage()) coverTimer = setTimeout(options.endPage, COVER_MS)
  }

  function change(next: boolean): void {
    locked = next
    tellPage()
    for (const listener of listeners) listener()
  }

  function lock(): void {
    if (!locked && guard.hasPin()) change(true)
  }

  /** Passes the result on; a right PIN has changed something. */
  function followed(result: PinResult, isLocked: boolean): PinResult {
    if (result.outcome === 'done') change(isLocked)
    return result
  }

  async function unlockByTouchId(): Promise<boolean> {
    if (!touchId.isAvailable() || !touchId.isWanted()) return false
    try {
      await touchId.prompt()
    } catch {
      return false
    }
    guard.clear()
    change(false)
    return true
  }

  function signedOut(): void {
    if (locked || !guard.hasPin()) return
    guard.drop()
    change(false)
  }

  async function forget(): Promise<void> {
    // Without a lock there is nothing to forget; signing out is for that.
    if (!locked || isErasing) throw new BridgeError('refused', 'The app is not locked.')
    isErasing = true
    try {
      // Last, so that a PIN protects whatever is left when the app ends meanwhile.
      await options.eraseAll(() => {
        guard.drop()
        change(false)
      })
    } finally {
      isErasing = false
    }
  }

  return {
    isLocked: () => locked,
    mayRun: (method) => !locked || mayRunWhileLocked(method),
    state,
    lock,
    signedOut,
    onChange: (listener) => void listeners.push(listener),
    pageReady: tellPage,
    handlers: {
      'lock.state': state,
      'lock.setPin': async ({ pin, current }) => followed(await guard.set(pin, current), locked),
      'lock.removePin': async ({ pin }) => followed(await guard.remove(pin), locked),
      'lock.lock': lock,
      'lock.unlock': async ({ pin }) => followed(await guard.check(pin), false),
      'lock.unlockByTouchId': unlockByTouchId,
      'lock.covered': () => clearTimeout(coverTimer),
      'lock.forget': forget,
    },
  }
}
