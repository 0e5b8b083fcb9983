import { globalShortcut } from 'electron'
import type { ShortcutState } from '#shared/bridge/desk.ts'
import { isOnWayland } from '../desktop-session.ts'
import type { Log } from '../log/log.ts'

export interface ShowHideKeys {
  /** Registers these keys instead of the ones before. Null: none. */
  use(accelerator: string | null): void
  state(): ShortcutState
  pause(paused: boolean): void
  stop(): void
}

/** Keys that show and hide the window while any program has the focus. */
export function createShowHideKeys({
  log,
  platform,
  onPressed,
}: {
  log: Pick<Log, 'write'>
  platform: NodeJS.Platform
  onPressed: () => void
}): ShowHideKeys {
  let used: string | null = null
  let works = true

  function register(accelerator: string): boolean {
    try {
      return globalShortcut.register(accelerator, onPressed)
    } catch (error) {
      log.write('warn', 'the system does not know these keys', error)
      return false
    }
  }

  return {
    use(accelerator) {
      if (accelerator === used && works) return
      // The person has recorded them. While shortcuts are suspended, no registration succeeds.
      globalShortcut.setSuspended(false)
      if (used !== null && works) globalShortcut.unregister(used)
      used = accelerator
      works = accelerator === null || register(accelerator)
    },
    state: () => ({ works, asksSystem: platform === 'linux' && isOnWayland() }),
    pause: (paused) => globalShortcut.setSuspended(paused),
    stop: () => globalShortcut.unregisterAll(),
  }
}
