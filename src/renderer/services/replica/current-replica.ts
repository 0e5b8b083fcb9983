import type { AccountBridge } from '../../platform/bridge.ts'
import { AppError } from '../services.ts'

/** Returns the replica of the signed-in account. Throws an AppError when nobody is signed in. */
export function currentReplica(account: () => { replica: AccountBridge } | undefined): AccountBridge {
  const session = account()
  if (session === undefined) throw new AppError('unexpected')
  return session.replica
}
