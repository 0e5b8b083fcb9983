import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import type { ConversationService, Services } from '../services.ts'

export interface FollowLockOptions {
  platform: Platform
  store: AppStore
  conversation: Pick<ConversationService, 'flushDrafts'>
  voice: Pick<Services, 'voiceNotes' | 'player'>
  /** Deletes what the page keeps of the chats to show it at the next start, before main can say that the app is locked. */
  forget: () => void
  report: Report
}

/** Keeps the lock of the store up to date. When it closes, saves what is typed and ends what can be heard or is recorded. */
export function followLock({
  platform,
  store,
  conversation,
  voice,
  forget,
  report,
}: FollowLockOptions): () => void {
  async function settle(): Promise<void> {
    const { player, voiceNotes } = store.getState()
    await conversation.flushDrafts()
    if (player !== null) (await voice.player()).pause()
    for (const chatId of voiceNotes.keys()) await (await voice.voiceNotes()).stop(chatId)
  }
  return platform.on('lock.changed', (lock) => {
    const wasLocked = store.getState().lock?.locked === true
    store.setState({ lock })
    if (lock.hasPin) forget()
    if (lock.locked && !wasLocked) settle().catch((error: unknown) => report('lock.settle', error))
  })
}
