import type { MethodName } from '#shared/bridge/index.ts'

/**
 * What the page may call while the app is locked. Everything else is denied, also each method that a later version adds. The page goes
 * on receiving and sending meanwhile, so it needs more than the lock screen; nothing here serves the screen only.
 */
const WHILE_LOCKED: { readonly [M in MethodName]?: true } = {
  // The lock screen.
  'lock.state': true,
  'lock.lock': true,
  'lock.unlock': true,
  'lock.unlockByTouchId': true,
  'lock.covered': true,
  'lock.forget': true,
  // The life of the page.
  'app.info': true,
  'app.ready': true,
  'app.readyToQuit': true,
  'app.mayRelease': true,
  'app.log': true,
  'settings.get': true,
  'microphone.close': true,
  'camera.close': true,
  // Sync: the account's rows at the start, and what arrives.
  'replica.open': true,
  'replica.close': true,
  'replica.account': true,
  'replica.chats': true,
  'replica.people': true,
  'replica.activities': true,
  'replica.syncCursors': true,
  'replica.chatSync': true,
  'replica.chatsBehind': true,
  'replica.apply': true,
  'replica.applyMessages': true,
  'replica.applyProfiles': true,
  'replica.leaveChats': true,
  // The outbox: what the person did before.
  'outbox.pending': true,
  'outbox.acknowledge': true,
  'outbox.split': true,
  'media.upload': true,
  'media.download': true,
  'media.delete': true,
  'push.status': true,
  'push.beginTest': true,
  // What was not saved yet when the app was locked: a draft, the end of a recording, a file on its way into a chat. All only write.
  'replica.setDraft': true,
  'replica.setStaged': true,
  'voice.append': true,
  'media.append': true,
  'media.finish': true,
  'media.abort': true,
}

export function mayRunWhileLocked(method: MethodName): boolean {
  return WHILE_LOCKED[method] === true
}
