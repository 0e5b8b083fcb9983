import { Menu, nativeImage, Tray, type MenuItemConstructorOptions, type NativeImage } from 'electron'
import { asset } from '../assets.ts'
import type { Translate } from '../i18n.ts'
import { noUnread, type Unread } from '../notifications/unread-counts.ts'
import { trayModel, type TrayAction, type TrayItem, type TrayModel } from './tray-menu.ts'

export interface TrayOptions {
  t: Translate
  mutedUntil: () => number | null
  /** The app can be locked now. */
  mayLock: () => boolean
  onAction: (action: TrayAction) => void
}

export interface AppTray {
  /** Shows the given unread count. Without an argument, applies changed settings. */
  update(unread?: Unread): void
  destroy(): void
}

/** macOS gets a template image, which adapts to the colour of the menu bar. */
function icon({ unread, paused }: Pick<TrayModel, 'unread' | 'paused'>): NativeImage {
  const kind = `${paused ? '-paused' : ''}${unread ? '-unread' : ''}`
  return nativeImage.createFromPath(
    asset(process.platform === 'darwin' ? `tray/tray${kind}Template.png` : `tray/tray${kind}.png`),
  )
}

export function createTray({ t, mutedUntil, mayLock, onAction }: TrayOptions): AppTray {
  const tray = new Tray(icon({ unread: false, paused: false }))
  let unread = noUnread
  let shown = ''
  let muteTimer: NodeJS.Timeout | undefined

  const menuItem = (item: TrayItem): MenuItemConstructorOptions => {
    if ('separator' in item) return { type: 'separator' }
    const { id, label } = item
    if ('items' in item) return { id, label, submenu: item.items.map(menuItem) }
    const click = (): void => onAction(item.action)
    if (item.checked === undefined) return { id, label, click }
    return { id, label, type: 'checkbox', checked: item.checked, click }
  }

  function render(): void {
    const now = Date.now()
    const until = mutedUntil()
    clearTimeout(muteTimer)
    if (until !== null && until > now)
      muteTimer = setTimeout(render, Math.min(until - now, 2 ** 31 - 1)).unref()
    const model = trayModel(t, unread, until, now, mayLock())
    // Ignores the times of the mute items: they change on every render, but the menu looks the same.
    const key = JSON.stringify(model, (name, value: unknown) => (name === 'until' ? typeof value : value))
    if (key === shown) return
    shown = key
    tray.setImage(icon(model))
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
      clearTimeout(muteTimer)
      tray.destroy()
    },
  }
}
