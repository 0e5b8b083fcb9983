import {
  cloneElement,
  Suspense,
  useState,
  type HTMLAttributes,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react'
import { lazyPart } from './lazy-part.ts'

const Menu = lazyPart(async () => (await import('./Menu.tsx')).Menu)

/** How far a menu that a row opens is from the start of the row, in px. */
const ROW_INSET_PX = 48

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

interface ContextMenuProps {
  /** The element that opens the menu. Everything inside it shares one menu. */
  area: ReactElement<HTMLAttributes<HTMLElement>>
  children: ReactNode
  entries: readonly MenuEntry[]
  /** Called with the clicked or focused element before the menu opens. Return false to keep the menu closed. */
  onOpen: (target: Element) => boolean
}

/** Opens on right click, the menu key and Shift+F10. */
export function ContextMenu({ area, children, entries, onOpen }: ContextMenuProps) {
  const [opening, setOpening] = useState<globalThis.MouseEvent | null>(null)
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.target instanceof Element && onOpen(event.target)) setOpening(event.nativeEvent)
  }
  return (
    <>
      {cloneElement(area, { onContextMenu }, children)}
      <Suspense fallback={null}>{opening !== null && <Menu opening={opening} entries={entries} />}</Suspense>
    </>
  )
}

/** Opens the menu of the area around a row at the row, for a click or Enter on it. */
export function openContextMenu(row: Element): void {
  const { left, right, top, height } = row.getBoundingClientRect()
  const clientX = getComputedStyle(row).direction === 'rtl' ? right - ROW_INSET_PX : left + ROW_INSET_PX
  const init = { clientX, clientY: top + height / 2, bubbles: true, cancelable: true }
  row.dispatchEvent(new globalThis.MouseEvent('contextmenu', init))
}
