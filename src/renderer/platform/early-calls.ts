import type { Answer } from '#shared/bridge/contract.ts'
import type { AccountMethod, MachineMethod, MethodName, PreloadBridge } from '#shared/bridge/index.ts'

declare global {
  interface Window {
    /** Absent when the page runs outside the app. */
    perch?: PreloadBridge
  }
}

/** The bridge that the preload has put into this page. */
export function pagePreload(): PreloadBridge | undefined {
  return window.perch
}

/** Calls that every start makes. */
const machineCalls: readonly MachineMethod[] = ['app.info', 'lock.state']
/** Calls that a start makes for the account that was signed in last. */
const accountCalls: readonly AccountMethod[] = [
  'replica.open',
  'replica.account',
  'replica.chats',
  'replica.people',
  'replica.activities',
]

/**
 * Makes the calls that every start needs while the rest of the page's code still loads. The first later call of the same
 * method gets the early answer. `account`: who was signed in last.
 */
export function callEarly(
  preload: PreloadBridge | undefined,
  account: string | undefined,
): PreloadBridge | undefined {
  if (preload === undefined) return undefined
  const answers = new Map<string, Promise<Answer<unknown>>>()
  const call = (to: string | null, method: MethodName): void => {
    answers.set(keyOf(to, method), preload.call(to, method, undefined))
  }
  for (const method of machineCalls) call(null, method)
  if (account !== undefined) for (const method of accountCalls) call(account, method)
  return {
    listen: (listener) => preload.listen(listener),
    call(to, method, args) {
      const key = keyOf(to, method)
      const answer = answers.get(key)
      answers.delete(key)
      // No early answer: another account opens, or the rows are read again. Rows that still wait are outdated.
      if (answer === undefined && method.startsWith('replica.')) answers.clear()
      return answer ?? preload.call(to, method, args)
    },
  }
}

function keyOf(account: string | null, method: string): string {
  return JSON.stringify([account, method])
}

/** The id of who was signed in last. `user` is not parsed yet. */
export function uidOf(user: unknown): string | undefined {
  const isObject = typeof user === 'object' && user !== null
  return isObject && 'uid' in user && typeof user.uid === 'string' ? user.uid : undefined
}
