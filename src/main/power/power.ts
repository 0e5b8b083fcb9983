import { powerMonitor } from 'electron'
import type { PowerState } from '#shared/bridge/app.ts'
import { powerState, type PowerFacts } from './power-state.ts'

/** The system sends no event when the person becomes idle, so the idle time is polled. */
const POLL_MS = 5000

export interface Power {
  state(): PowerState
  quit(): void
  setBackground(background: boolean): void
  /** Calls the listener after the system has woken up. */
  onResume(listener: () => void): void
}

/** Watches for idle, lock and suspend events of the system. `onState` is called once per change. */
export function watchPower(onState: (state: PowerState) => void): Power {
  const facts: PowerFacts = {
    idleSeconds: 0,
    background: false,
    locked: false,
    suspended: false,
    quitting: false,
  }
  let reported = powerState(facts)
  const update = (change: Partial<PowerFacts>): void => {
    Object.assign(facts, change)
    const state = powerState(facts)
    if (state === reported) return
    reported = state
    onState(state)
  }
  powerMonitor.on('lock-screen', () => update({ locked: true }))
  powerMonitor.on('unlock-screen', () => update({ locked: false, idleSeconds: 0 }))
  powerMonitor.on('suspend', () => update({ suspended: true }))
  powerMonitor.on('resume', () => update({ suspended: false, idleSeconds: 0 }))
  setInterval(() => update({ idleSeconds: powerMonitor.getSystemIdleTime() }), POLL_MS).unref()
  return {
    state: () => reported,
    quit: () => update({ quitting: true }),
    setBackground: (background) => update({ background }),
    onResume: (listener) => void powerMonitor.on('resume', listener),
  }
}
