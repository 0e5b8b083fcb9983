import { Notification } from 'electron'
import type { Translate } from '../i18n.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { hasTrayHost } from './tray-host.ts'

/** At login, what shows the tray icons may start after the app. */
const LOGIN_PATIENCE_MS = 15_000

export interface HidingOptions {
  t: Translate
  window: Pick<MainWindow, 'hide' | 'minimize' | 'show' | 'isVisible' | 'isMinimized'>
  settings: Pick<SettingsStore, 'get' | 'set'>
  trayHost?: () => Promise<boolean | null>
}

export interface Hiding {
  /** Hides the window in the tray. Where nothing shows the tray icon, minimises it, and says so once. */
  hide(): Promise<void>
  /** The app has started with a hidden window: where there is no tray, nobody could bring it up. */
  started(): void
  stop(): void
}

export function createHiding(options: HidingOptions): Hiding {
  const { t, window, settings, trayHost = () => hasTrayHost(process.platform) } = options
  let timer: NodeJS.Timeout | undefined
  /** The newest answer, so that closing the window waits for nothing. */
  let isMissing = false

  function minimize(): void {
    window.minimize()
    if (settings.get().toldOfMissingTray || !Notification.isSupported()) return
    settings.set({ toldOfMissingTray: true })
    const notification = new Notification({ title: t('tray.missing'), body: t('tray.missingText') })
    notification.on('click', window.show)
    notification.show()
  }

  return {
    async hide() {
      const wasMissing = isMissing
      if (wasMissing) minimize()
      else window.hide()
      // Asked each time: an extension of the desktop may have brought a tray since, or may be gone.
      isMissing = (await trayHost()) === false
      // The person may have opened the window again meanwhile.
      if (isMissing && !wasMissing && !window.isVisible()) minimize()
      else if (wasMissing && !isMissing && window.isMinimized()) window.hide()
    },
    started() {
      timer = setTimeout(() => {
        void trayHost().then((host) => {
          if (host === false && !window.isVisible()) minimize()
        })
      }, LOGIN_PATIENCE_MS).unref()
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
