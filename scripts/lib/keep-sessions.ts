import { createRequire } from 'node:module'

/*
 * Preloaded into firebase-tools (`node --import`). Its auth emulator dates each account that it imports as of now, which
 * ends every session begun before (`validSince`): here they hold since the account was created.
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
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pinned version of firebase-tools has it so
const { ProjectState } = createRequire(import.meta.url)('firebase-tools/lib/emulator/auth/state.js') as {
  ProjectState: { prototype: State }
}

const { overwriteUserWithLocalId } = ProjectState.prototype
ProjectState.prototype.overwriteUserWithLocalId = function (this: State, localId, account) {
  const validSince = String(Math.floor(Number(account.createdAt) / 1000))
  return overwriteUserWithLocalId.call(this, localId, { ...account, validSince })
}
