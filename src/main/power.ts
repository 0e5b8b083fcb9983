import { powerMonitor } from 'electron'
import type { PowerState } from '#shared/bridge/app.ts'
import { powerState, type PowerFacts } from './power-state.ts'

/** The system tells nothing when the person goes idle: asked this often. */
const POLL_MS = 5000

export interface Power {
  state(): PowerState
  quit(): void
}

/** Watches what the system says of the person; `onState` hears each change once. */
export function watchPower(onState: (state: PowerState) => void): Power {
  const facts: PowerFacts = { idleSeconds: 0, locked: false, suspended: false, quitting: false }
  let told = powerState(facts)
  const update = (news: Partial<PowerFacts>): void => {
    Object.assign(facts, news)
    const state = powerState(facts)
    if (state === told) return
    told = state
    onState(state)
  }
  powerMonitor.on('lock-screen', () => update({ locked: true }))
  powerMonitor.on('unlock-screen', () => update({ locked: false, idleSeconds: 0 }))
  powerMonitor.on('suspend', () => update({ suspended: true }))
  powerMonitor.on('resume', () => update({ suspended: false, idleSeconds: 0 }))
  setInterval(() => update({ idleSeconds: powerMonitor.getSystemIdleTime() }), POLL_MS).unref()
  return { state: () => told, quit: () => update({ quitting: true }) }
}
