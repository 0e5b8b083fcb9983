import { Menu } from '@base-ui/react/menu'
import type { MenuEntry } from './ContextMenu.tsx'
import { IconButton, type IconButtonProps } from './IconButton.tsx'
import { MenuPopup } from './Menu.tsx'

interface MenuButtonProps extends IconButtonProps {
  entries: readonly MenuEntry[]
}

/** A button that opens a menu. Imports the code of menus, so use it only in parts that are loaded lazily. */
export function MenuButton({ entries, ...button }: MenuButtonProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton {...button} />} />
      <MenuPopup entries={entries} align="end" />
    </Menu.Root>
  )
}
