import type { AccountBridge } from '../../platform/bridge.ts'
import { AppError } from '../services.ts'
import type { LiveSession } from '../session/live-session.ts'

/** Returns the replica of the signed-in account. Throws an AppError when nobody is signed in. */
export function currentReplica(live: () => LiveSession | undefined): AccountBridge {
  const session = live()
  if (session === undefined) throw new AppError('unexpected')
  return session.replica
}
