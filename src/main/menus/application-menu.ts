import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Translate } from '../i18n.ts'

/**
 * Sets the application menu, built from standard roles. Without it, copy, paste and quit have no keyboard shortcuts on macOS.
 * The renderer handles the app's own shortcuts. `developer` adds reload and the developer tools.
 */
export function setApplicationMenu(t: Translate, developer: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
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
      process.platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
      { role: 'editMenu' },
      { label: t('app.menu.view'), submenu: developer ? [...view, ...tools] : view },
      { role: 'windowMenu' },
    ]),
  )
}
