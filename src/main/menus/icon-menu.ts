import { app, Menu } from 'electron'
import { placeLink, type Destination } from '#shared/domain/deep-link.ts'
import type { Translate } from '../i18n.ts'

const entries = [
  { link: placeLink('new-chat'), destination: { to: 'newChat' }, label: 'menu.newChat' },
  { link: placeLink('new-group'), destination: { to: 'newGroup' }, label: 'menu.newGroup' },
] as const satisfies readonly { link: string; destination: Destination; label: string }[]

/** The arguments of a second start that only passes a link to this one. It must find the same profile. */
function argumentsOf(link: string): string {
  const profile = app.commandLine.getSwitchValue('user-data-dir')
  return [
    ...(app.isPackaged ? [] : [`"${app.getAppPath()}"`]),
    ...(profile === '' ? [] : [`"--user-data-dir=${profile}"`]),
    link,
  ].join(' ')
}

/**
 * Fills the menu of the app's icon: the jump list of Windows, the menu in the Dock of macOS. Linux reads it from the desktop entry
 * (electron-builder.yml).
 */
export function fillIconMenu(
  t: Translate,
  { platform, open }: { platform: NodeJS.Platform; open: (destination: Destination) => void },
): void {
  if (platform === 'win32')
    app.setUserTasks(
      entries.map(({ link, label }) => ({
        program: process.execPath,
        arguments: argumentsOf(link),
        title: t(label),
        description: t(label),
        iconPath: process.execPath,
        iconIndex: 0,
      })),
    )
  if (platform === 'darwin')
    app.dock?.setMenu(
      Menu.buildFromTemplate(
        entries.map(({ label, destination }) => ({ label: t(label), click: () => open(destination) })),
      ),
    )
}
