import type { KeyboardEvent, ReactNode } from 'react'
import styles from './RowButton.module.css'

export interface RowProps {
  rowId: string
  /** Whether the row is in the tab order: exactly one is. */
  active: boolean
  onClick: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: () => void
}

interface RowButtonProps extends RowProps {
  inactive?: boolean
  icon: ReactNode
  children: ReactNode
}

export function RowButton({ rowId, active, inactive = false, icon, children, ...rest }: RowButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      data-row-id={rowId}
      tabIndex={active ? 0 : -1}
      aria-disabled={inactive || undefined}
      className={styles['row']}
    >
      {icon}
      <span className={styles['texts']}>{children}</span>
    </button>
  )
}
