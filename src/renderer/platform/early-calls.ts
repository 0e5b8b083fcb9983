import type { Answer, MethodName, PreloadBridge } from '#shared/bridge.ts'

declare global {
  interface Window {
    /** Absent when the page runs outside the app. */
    perch?: PreloadBridge
  }
}

/** What the preload put into this page. */
export function pagePreload(): PreloadBridge | undefined {
  return window.perch
}

/** What every start asks. */
const ALWAYS: readonly MethodName[] = ['app.info']
/** What it asks of the replica that it opens. */
const OF_THE_REPLICA: readonly MethodName[] = [
  'replica.account',
  'replica.chats',
  'replica.people',
  'replica.activities',
]

/**
 * Asks main what the start is sure to ask, while the rest of the page's code is still on its way; whoever asks the same
 * later is given that answer, once. `remembered` is who was signed in last (not parsed yet), whose replica is opened.
 */
export function askEarly(preload: PreloadBridge | undefined, remembered: unknown): PreloadBridge | undefined {
  if (preload === undefined) return undefined
  const answers = new Map<string, Promise<Answer<unknown>>>()
  const ask = (method: MethodName, args?: unknown): void => {
    answers.set(keyOf(method, args), preload.call(method, args))
  }
  for (const method of ALWAYS) ask(method)
  const userId = uidOf(remembered)
  if (userId !== undefined) {
    ask('replica.open', { userId })
    for (const method of OF_THE_REPLICA) ask(method)
  }
  return {
    listen: (listener) => preload.listen(listener),
    call(method, args) {
      const key = keyOf(method, args)
      const answer = answers.get(key)
      answers.delete(key)
      // Somebody else's replica, or the same one anew: the rows that were read are not its rows.
      if (answer === undefined && method.startsWith('replica.')) answers.clear()
      return answer ?? preload.call(method, args)
    },
  }
}

function keyOf(method: string, args: unknown): string {
  return `${method} ${JSON.stringify(args)}`
}

function uidOf(remembered: unknown): unknown {
  const isObject = typeof remembered === 'object' && remembered !== null
  return isObject && 'uid' in remembered ? remembered.uid : undefined
}
