import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu'
import { Menu as BaseMenu } from '@base-ui/react/menu'
import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import type { MouseEvent, ReactElement, ReactNode } from 'react'
import styles from './Menu.module.css'

export type MenuEntry =
  | {
      kind: 'item'
      label: string
      icon?: ReactNode
      danger?: boolean
      onSelect: () => void
    }
  | { kind: 'submenu'; label: string; icon?: ReactNode; entries: readonly MenuEntry[] }
  | { kind: 'separator' }

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
          <Popup entries={entry.entries} alignOffset={-5} />
        </BaseMenu.SubmenuRoot>
      )
  }
}

function Popup({ entries, alignOffset = 0 }: { entries: readonly MenuEntry[]; alignOffset?: number }) {
  return (
    <BaseMenu.Portal>
      <BaseMenu.Positioner
        className={styles['positioner']}
        sideOffset={4}
        alignOffset={alignOffset}
        align="start"
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

interface ContextMenuProps {
  /** The element that opens the menu. Everything inside it shares one menu. */
  area: ReactElement
  children: ReactNode
  entries: readonly MenuEntry[]
  /** Called with the clicked or focused element before the menu opens. Return false to keep the menu closed. */
  onOpen: (target: Element) => boolean
}

/** Opens on right click, the menu key and Shift+F10. */
export function ContextMenu({ area, children, entries, onOpen }: ContextMenuProps) {
  const onContextMenu = (event: MouseEvent & { preventBaseUIHandler?: () => void }): void => {
    if (event.target instanceof Element && onOpen(event.target)) return
    event.preventDefault()
    event.preventBaseUIHandler?.()
  }
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={area} onContextMenu={onContextMenu}>
        {children}
      </BaseContextMenu.Trigger>
      <Popup entries={entries} />
    </BaseContextMenu.Root>
  )
}
