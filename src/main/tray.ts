import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import { asset } from './assets.ts'
import type { Translate } from './i18n.ts'
import { noUnread, type Unread } from './notifications/unread-counts.ts'
import { trayModel, type TrayAction, type TrayItem } from './tray-menu.ts'

export interface TrayOptions {
  t: Translate
  mutedUntil: () => number | null
  onAction: (action: TrayAction) => void
}

export interface AppTray {
  /** Shows the given count; without one, what the settings now say. */
  update(unread?: Unread): void
  destroy(): void
}

/** On macOS a template image, which takes the menu bar's colour. */
function icon(unread: boolean): NativeImage {
  const kind = unread ? '-unread' : ''
  return nativeImage.createFromPath(
    asset(process.platform === 'darwin' ? `tray/tray${kind}Template.png` : `tray/tray${kind}.png`),
  )
}

export function createTray({ t, mutedUntil, onAction }: TrayOptions): AppTray {
  const icons = { normal: icon(false), unread: icon(true) }
  const tray = new Tray(icons.normal)
  let unread = noUnread
  let shown = ''
  let muteEnd: NodeJS.Timeout | undefined

  const menuItem = (item: TrayItem): MenuItemConstructorOptions => {
    if ('separator' in item) return { type: 'separator' }
    const { id, label } = item
    if ('items' in item) return { id, label, submenu: item.items.map(menuItem) }
    return { id, label, click: () => onAction(item.action) }
  }

  function render(): void {
    const now = Date.now()
    const until = mutedUntil()
    clearTimeout(muteEnd)
    if (until !== null && until > now)
      muteEnd = setTimeout(render, Math.min(until - now, 2 ** 31 - 1)).unref()
    const model = trayModel(t, unread, until, now)
    // The times of the mute items move on; what is shown does not.
    const key = JSON.stringify(model, (name, value: unknown) => (name === 'until' ? typeof value : value))
    if (key === shown) return
    shown = key
    tray.setImage(model.unread ? icons.unread : icons.normal)
    tray.setToolTip(model.tooltip)
    tray.setContextMenu(Menu.buildFromTemplate(model.items.map(menuItem)))
  }

  tray.on('click', () => onAction({ do: 'open' }))
  render()
  return {
    update(next = unread) {
      unread = next
      render()
    },
    destroy() {
      clearTimeout(muteEnd)
      tray.destroy()
    },
  }
}
