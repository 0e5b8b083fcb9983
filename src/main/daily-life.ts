import type { MachineHandlers } from './bridge/dispatcher.ts'
import type { Log } from './log/log.ts'
import { createShowHideKeys } from './menus/global-shortcut.ts'
import { applySpelling, readSpelling } from './menus/spelling.ts'
import { applyLoginItem } from './settings/login-item.ts'
import type { SettingsStore } from './settings/settings.ts'
import type { MainWindow } from './windows/main-window.ts'

export type DeskHandlers = Pick<MachineHandlers, 'shortcut.state' | 'shortcut.pause' | 'spelling.read'>

export interface DailyLife {
  handlers: DeskHandlers
  /** The page is gone, also while it was recording keys. */
  pageGone(): void
  stop(): void
}

/** What the settings change on the machine: the start at login, the keys that show the window, the languages of the spell checker. */
export function createDailyLife({
  log,
  platform,
  settings,
  window,
  hide,
}: {
  log: Pick<Log, 'write'>
  platform: NodeJS.Platform
  settings: SettingsStore
  window: Pick<MainWindow, 'isFocused' | 'show'>
  hide: () => void
}): DailyLife {
  const keys = createShowHideKeys({
    log,
    platform,
    onPressed() {
      if (window.isFocused()) hide()
      else window.show()
    },
  })
  let before = settings.get()
  keys.use(before.globalShortcut)
  settings.onChange((next) => {
    const last = before
    before = next
    keys.use(next.globalShortcut)
    if (next.launchAtLogin !== last.launchAtLogin || next.startHidden !== last.startHidden)
      applyLoginItem(next, platform)
    if (next.spellcheck !== last.spellcheck || next.spellcheckLanguages !== last.spellcheckLanguages)
      applySpelling(next, platform)
  })
  return {
    handlers: {
      'shortcut.state': keys.state,
      'shortcut.pause': keys.pause,
      'spelling.read': () => readSpelling(settings.get(), platform),
    },
    pageGone: () => keys.pause(false),
    stop: keys.stop,
  }
}
