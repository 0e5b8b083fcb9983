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

/** Opens the menu of the area around a control below the control, for a click or Enter on it. */
export function openContextMenu(control: Element): void {
  const { left, right, bottom } = control.getBoundingClientRect()
  const clientX = getComputedStyle(control).direction === 'rtl' ? right : left
  const init = { clientX, clientY: bottom, bubbles: true, cancelable: true }
  control.dispatchEvent(new globalThis.MouseEvent('contextmenu', init))
}
