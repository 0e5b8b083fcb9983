import { createRequire } from 'node:module'

/*
 * Preloaded into firebase-tools (`node --import`). When its Auth emulator imports an account, it sets `validSince` to the
 * current time, which ends all existing sessions. This module sets `validSince` to the account's creation instead.
 */

interface Account {
  /** In ms. */
  createdAt: string
  /** In s. */
  validSince: string
}
interface State {
  overwriteUserWithLocalId: (localId: string, account: Account) => unknown
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of the pinned version of firebase-tools
const { ProjectState } = createRequire(import.meta.url)('firebase-tools/lib/emulator/auth/state.js') as {
  ProjectState: { prototype: State }
}

const { overwriteUserWithLocalId } = ProjectState.prototype
ProjectState.prototype.overwriteUserWithLocalId = function (this: State, localId, account) {
  const validSince = String(Math.floor(Number(account.createdAt) / 1000))
  return overwriteUserWithLocalId.call(this, localId, { ...account, validSince })
}
