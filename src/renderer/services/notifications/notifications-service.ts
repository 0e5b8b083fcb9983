import type { Platform } from '../../platform/bridge.ts'
import { attempt } from '../app/errors.ts'
import type { NotificationsService } from '../services.ts'
import { createSoundPlayer } from './sound-player.ts'

export function createNotificationsService(platform: Platform): NotificationsService {
  const play = createSoundPlayer(() => new AudioContext())
  return {
    check: () => attempt(() => platform.call('notifications.check')),
    test: () => attempt(() => platform.call('notifications.test')),
    openSettings: () => attempt(() => platform.call('notifications.openSettings')),
    play,
  }
}
