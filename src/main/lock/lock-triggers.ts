import type { PowerMonitor } from 'electron'

/** The system sends no event when the person becomes idle, and Linux none when it locks. In ms. */
const POLL_MS = 5000

export interface LockTriggers {
  monitor: Pick<PowerMonitor, 'on' | 'getSystemIdleTime' | 'getSystemIdleState'>
  /** Minutes; null: never when idle. */
  after: () => number | null
  /** Somebody speaks into the microphone or sits before the camera, without a key or the pointer. */
  isCapturing: () => boolean
  lock: () => void
}

/** Locks with the system's screen, when the machine goes to sleep, and when nobody was there for a while. */
export function watchLockTriggers({ monitor, after, isCapturing, lock }: LockTriggers): void {
  monitor.on('lock-screen', lock)
  monitor.on('suspend', lock)
  // A system that does not tell of its sleep has been idle all the while.
  monitor.on('resume', check)
  setInterval(check, POLL_MS).unref()

  function check(): void {
    if (monitor.getSystemIdleState(60) === 'locked') {
      lock()
      return
    }
    const minutes = after()
    if (minutes === null || isCapturing()) return
    if (monitor.getSystemIdleTime() >= minutes * 60) lock()
  }
}
