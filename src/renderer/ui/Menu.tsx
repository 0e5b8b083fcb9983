import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import clsx from 'clsx'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useEffect, useRef } from 'react'
import type { MenuEntry } from './ContextMenu.tsx'
import styles from './Menu.module.css'

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <BaseMenu.Separator className={styles['separator']} />
    case 'item':
      return (
        <BaseMenu.Item
          className={clsx(styles['item'], entry.danger === true && styles['danger'])}
          onClick={entry.onSelect}
        >
          <span className={styles['icon']}>{entry.icon}</span>
          {entry.label}
        </BaseMenu.Item>
      )
    case 'submenu':
      return (
        <BaseMenu.SubmenuRoot>
          <BaseMenu.SubmenuTrigger className={styles['item']}>
            <span className={styles['icon']}>{entry.icon}</span>
            {entry.label}
            <ChevronRight className={styles['more']} size={16} aria-hidden />
          </BaseMenu.SubmenuTrigger>
          <MenuPopup entries={entry.entries} alignOffset={-5} />
        </BaseMenu.SubmenuRoot>
      )
  }
}

interface PopupProps {
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
  alignOffset?: number
}

/** The popup of a menu. It must be inside a Root of Base UI. */
export function MenuPopup({ entries, align = 'start', alignOffset = 0 }: PopupProps) {
  return (
    <BaseMenu.Portal>
      <BaseMenu.Positioner
        className={styles['positioner']}
        sideOffset={4}
        alignOffset={alignOffset}
        align={align}
      >
        <BaseMenu.Popup className={styles['popup']}>
          {entries.map((entry, index) => (
            // Entries have no id. The index is a safe key, because the menu is built again each time it opens.
            <Entry key={index} entry={entry} />
          ))}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  )
}

export interface MenuProps {
  /** The event that opened the menu. A new event opens it again. */
  opening: MouseEvent
  entries: readonly MenuEntry[]
}

/** The menu of a ContextMenu, which opens at its event's position. */
export function Menu({ opening, entries }: MenuProps) {
  const trigger = useRef<HTMLDivElement>(null)
  // The library opens a menu only for an event on its own trigger. The clicked element cannot be that trigger, because it is
  // rendered before this code is loaded. So the event is repeated on a hidden trigger.
  useEffect(() => {
    const { clientX, clientY, button } = opening
    const init = { clientX, clientY, button, bubbles: true, cancelable: true }
    trigger.current?.dispatchEvent(new MouseEvent('contextmenu', init))
  }, [opening])
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger ref={trigger} hidden />
      <MenuPopup entries={entries} />
    </BaseContextMenu.Root>
  )
}
