import type { PowerState } from '#shared/bridge/app.ts'

/** After this time without input the person counts as away. */
export const IDLE_AFTER_SECONDS = 5 * 60

/** What the system has reported. Several facts can be true at the same time. */
export interface PowerFacts {
  idleSeconds: number
  /** The app is only in the tray, with a page for the moment. */
  background: boolean
  locked: boolean
  suspended: boolean
  quitting: boolean
}

/** Combines the facts into one state. Order: quitting, suspended, locked, background, idle, active. */
export function powerState({ idleSeconds, background, locked, suspended, quitting }: PowerFacts): PowerState {
  if (quitting) return 'quitting'
  if (suspended) return 'suspended'
  if (locked) return 'locked'
  if (background) return 'background'
  return idleSeconds >= IDLE_AFTER_SECONDS ? 'idle' : 'active'
}
