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
            // Entries have no identity of their own; a menu is made anew each time it opens.
            <Entry key={index} entry={entry} />
          ))}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  )
}

interface ContextMenuProps {
  /** The area, one element; one menu serves all that is in it. */
  area: ReactElement
  children: ReactNode
  entries: readonly MenuEntry[]
  /** Tells what was pointed at before the menu opens; answer false when there is nothing to offer there. */
  onOpen: (target: Element) => boolean
}

/** Opens by the pointer's second button, the menu key and Shift+F10. */
export function ContextMenu({ area, children, entries, onOpen }: ContextMenuProps) {
  const offer = (event: MouseEvent & { preventBaseUIHandler?: () => void }): void => {
    if (event.target instanceof Element && onOpen(event.target)) return
    event.preventDefault()
    event.preventBaseUIHandler?.()
  }
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={area} onContextMenu={offer}>
        {children}
      </BaseContextMenu.Trigger>
      <Popup entries={entries} />
    </BaseContextMenu.Root>
  )
}
