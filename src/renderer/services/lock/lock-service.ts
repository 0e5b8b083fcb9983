import type { Platform } from '../../platform/bridge.ts'
import { attempt } from '../app/errors.ts'
import type { Report } from '../app/report.ts'
import type { ConversationService, LockService } from '../services.ts'

export interface LockOptions {
  platform: Platform
  conversation: Pick<ConversationService, 'flushDrafts'>
  report: Report
}

export function createLockService({ platform, conversation, report }: LockOptions): LockService {
  return {
    lock: () =>
      attempt(async () => {
        await conversation.flushDrafts()
        await platform.call('lock.lock')
      }),
    unlock: (pin) => attempt(() => platform.call('lock.unlock', { pin })),
    unlockByTouchId: () => attempt(() => platform.call('lock.unlockByTouchId')),
    setPin: (pin, current) => attempt(() => platform.call('lock.setPin', { pin, current })),
    removePin: (pin) => attempt(() => platform.call('lock.removePin', { pin })),
    forget: () => attempt(() => platform.call('lock.forget')),
    covered() {
      platform.call('lock.covered').catch((error: unknown) => report('lock.covered', error))
    },
  }
}
