import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Text for screen readers alone. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={styles['hidden']}>{children}</span>
}

/** Says its text when it changes; keep it mounted while the text comes and goes. */
export function LiveRegion({ children }: { children: ReactNode }) {
  return (
    <div className={styles['hidden']} role="status" aria-live="polite">
      {children}
    </div>
  )
}
