import clsx from 'clsx'
import { useLayoutEffect, useRef, type ComponentProps, type ReactNode } from 'react'
import { PaneHeader } from './PaneHeader.tsx'
import scroller from './scroller.module.css'
import styles from './SidePane.module.css'

interface SidePaneProps extends ComponentProps<typeof PaneHeader> {
  children?: ReactNode
}

/** A pane with a header. Only its body scrolls; a new title resets the scroll position to the top. */
export function SidePane({ children, ...header }: SidePaneProps) {
  const pane = useRef<HTMLElement>(null)
  // In a narrow window this pane hides another one. If that had the focus, this one takes it.
  useLayoutEffect(() => {
    const { activeElement } = document
    if (activeElement !== null && !isVisible(activeElement)) pane.current?.focus()
    // The code of this pane took a while to load, and meanwhile the browser took the focus from what was hidden.
    else if (activeElement === document.body && isAlone(pane.current)) pane.current?.focus()
  }, [])
  return (
    <section ref={pane} tabIndex={-1} className={styles['pane']} aria-label={header.title}>
      <PaneHeader {...header} />
      <div key={header.title} className={clsx(styles['body'], scroller['scroller'])}>
        {children}
      </div>
    </section>
  )
}

const isVisible = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true })

/** Whether no other pane can be seen. */
function isAlone(element: Element | null): boolean {
  return [...document.querySelectorAll('[data-pane]')].every(
    (pane) => pane.contains(element) || !isVisible(pane),
  )
}
