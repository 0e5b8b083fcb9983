import type { ComponentProps, ReactNode } from 'react'
import { PaneHeader } from './PaneHeader.tsx'
import styles from './SidePane.module.css'

interface SidePaneProps extends ComponentProps<typeof PaneHeader> {
  children: ReactNode
}

/** A pane beside the conversation. Only its body scrolls; a new title resets the scroll position to the top. */
export function SidePane({ children, ...header }: SidePaneProps) {
  return (
    <section className={styles['pane']} aria-label={header.title}>
      <PaneHeader {...header} />
      <div key={header.title} className={styles['body']}>
        {children}
      </div>
    </section>
  )
}
