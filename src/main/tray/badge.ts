import { app, nativeImage } from 'electron'
import { asset } from '../assets.ts'
import type { Translate } from '../i18n.ts'
import type { MainWindow } from '../windows/main-window.ts'

export interface Badge {
  show(unread: number): void
  /** Whether the system shows it. Null: not tried yet. */
  works(): boolean | null
}

/** Shows unread messages on the app's icon: their number in the dock or launcher, a dot on the Windows taskbar. */
export function createBadge(t: Translate, window: MainWindow): Badge {
  const overlay = process.platform === 'win32' ? nativeImage.createFromPath(asset('badge.png')) : null
  let shown = 0
  let works = overlay === null ? null : true
  return {
    show(unread) {
      if (unread === shown) return
      shown = unread
      if (overlay === null) works = app.setBadgeCount(unread)
      else window.setOverlay(unread > 0 ? overlay : null, t('tray.tooltip', { count: unread }))
    },
    works: () => works,
  }
}
