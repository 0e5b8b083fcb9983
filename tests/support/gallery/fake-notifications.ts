import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import type { NotificationsService } from '../../../src/renderer/services/services.ts'

export interface NotificationControls {
  /** What the next check finds. */
  facts: NotificationFacts
  /** How the next trial ends. */
  trial: 'shown' | 'failed'
}

export function fakeNotifications(request: (name: string, ...args: unknown[]) => Promise<void>): {
  service: NotificationsService
  controls: NotificationControls
} {
  const controls: NotificationControls = {
    facts: {
      permission: 'granted',
      doNotDisturb: false,
      trayHost: true,
      badge: true,
      opensAtLogin: null,
      push: { state: 'connected', roundTripMs: 840 },
    },
    trial: 'shown',
  }
  return {
    controls,
    service: {
      check: () => Promise.resolve(controls.facts),
      async test() {
        await request('notifications.test')
        return controls.trial
      },
      async openSettings() {
        await request('notifications.openSettings')
        return true
      },
      play: (sound) => void request('notifications.play', sound),
    },
  }
}
