import { app, nativeImage } from 'electron'
import { asset } from '../assets.ts'
import type { Translate } from '../i18n.ts'
import type { MainWindow } from '../windows/main-window.ts'

export interface Badge {
  show(unread: number): void
  /** Windows forgets the dot with the taskbar button of a hidden or released window. Call it when the window is shown. */
  renew(): void
  /** Whether the system shows it. Null: not tried yet. */
  works(): boolean | null
}

/** Shows unread messages on the app's icon: their number in the dock or launcher, a dot on the Windows taskbar. */
export function createBadge(
  t: Translate,
  { platform, window }: { platform: NodeJS.Platform; window: Pick<MainWindow, 'setOverlay'> },
): Badge {
  const overlay = platform === 'win32' ? nativeImage.createFromPath(asset('badge.png')) : null
  let shown = 0
  let works = overlay === null ? null : true

  function apply(): void {
    if (overlay === null) works = app.setBadgeCount(shown)
    else window.setOverlay(shown > 0 ? overlay : null, t('tray.tooltip', { count: shown }))
  }

  return {
    show(unread) {
      if (unread === shown) return
      shown = unread
      apply()
    },
    renew() {
      if (overlay !== null) apply()
    },
    works: () => works,
  }
}
