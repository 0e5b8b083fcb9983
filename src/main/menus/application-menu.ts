import { Menu, type MenuItemConstructorOptions } from 'electron'
import { USUAL_ZOOM } from '#shared/domain/zoom.ts'
import type { Translate } from '../i18n.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { stepZoom } from '../windows/zoom.ts'

export interface ApplicationMenuOptions {
  t: Translate
  settings: Pick<SettingsStore, 'get' | 'set'>
  platform: NodeJS.Platform
  /** Adds reload and the developer tools. */
  developer: boolean
}

/**
 * Sets the application menu, built from standard roles. Without it, copy, paste and quit have no keyboard shortcuts on macOS.
 * The renderer handles the app's own shortcuts. Zooming is not a role, because the settings keep it.
 */
export function setApplicationMenu({ t, settings, platform, developer }: ApplicationMenuOptions): void {
  const zoom = {
    reset: () => void settings.set({ zoom: USUAL_ZOOM }),
    in: () => stepZoom(settings, 'in'),
    out: () => stepZoom(settings, 'out'),
  }
  const view: MenuItemConstructorOptions[] = [
    { id: 'zoom-reset', label: t('menu.zoomReset'), accelerator: 'CommandOrControl+0', click: zoom.reset },
    { id: 'zoom-in', label: t('menu.zoomIn'), accelerator: 'CommandOrControl+Plus', click: zoom.in },
    { id: 'zoom-out', label: t('menu.zoomOut'), accelerator: 'CommandOrControl+-', click: zoom.out },
    // On many keyboards, + needs Shift, and people press the key without it. The number pad has keys of its own.
    ...hidden('CommandOrControl+=', zoom.in),
    ...hidden('CommandOrControl+numadd', zoom.in),
    ...hidden('CommandOrControl+numsub', zoom.out),
    ...hidden('CommandOrControl+num0', zoom.reset),
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const tools: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
      { role: 'editMenu' },
      { label: t('menu.view'), submenu: developer ? [...view, ...tools] : view },
      { role: 'windowMenu' },
    ]),
  )
}

/** More keys for an item above. */
function hidden(accelerator: string, click: () => void): MenuItemConstructorOptions[] {
  return [{ label: accelerator, accelerator, click, visible: false, acceleratorWorksWhenHidden: true }]
}
