import type { PowerState } from '#shared/bridge/app.ts'

/** After this long without input the person counts as away. */
export const IDLE_AFTER_SECONDS = 5 * 60

/** What the system has said; several may hold at once. */
export interface PowerFacts {
  idleSeconds: number
  locked: boolean
  suspended: boolean
  quitting: boolean
}

/** The one state to tell: the strongest fact wins. */
export function powerState({ idleSeconds, locked, suspended, quitting }: PowerFacts): PowerState {
  if (quitting) return 'quitting'
  if (suspended) return 'suspended'
  if (locked) return 'locked'
  return idleSeconds >= IDLE_AFTER_SECONDS ? 'idle' : 'active'
}
