import type { PowerState } from '#shared/bridge/app.ts'

/** After this time without input the person counts as away. */
export const IDLE_AFTER_SECONDS = 5 * 60

/** What the system has reported. Several facts can be true at the same time. */
export interface PowerFacts {
  idleSeconds: number
  locked: boolean
  suspended: boolean
  quitting: boolean
}

/** Combines the facts into one state. Order: quitting, suspended, locked, idle, active. */
export function powerState({ idleSeconds, locked, suspended, quitting }: PowerFacts): PowerState {
  if (quitting) return 'quitting'
  if (suspended) return 'suspended'
  if (locked) return 'locked'
  return idleSeconds >= IDLE_AFTER_SECONDS ? 'idle' : 'active'
}
