import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Text for screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={styles['hidden']}>{children}</span>
}

/** Announces its text to screen readers when it changes. Keep it mounted while the text is empty. */
export function LiveRegion({ children }: { children: ReactNode }) {
  return (
    <div className={styles['hidden']} role="status" aria-live="polite">
      {children}
    </div>
  )
}
