import Check from 'lucide-react/icons/check'
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './RowButton.module.css'

export interface RowProps {
  rowId: string
  /** Whether the row is in the tab order: exactly one is. */
  active: boolean
  /** Whether the row is chosen; undefined if it cannot be. */
  pressed?: boolean | undefined
  onClick: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: () => void
}

interface RowButtonProps extends RowProps {
  inactive?: boolean
  icon: ReactNode
  children: ReactNode
}

export function RowButton({
  rowId,
  active,
  pressed,
  inactive = false,
  icon,
  children,
  ...rest
}: RowButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      data-row-id={rowId}
      aria-pressed={pressed}
      tabIndex={active ? 0 : -1}
      aria-disabled={inactive || undefined}
      className={styles['row']}
    >
      {icon}
      <span className={styles['texts']}>{children}</span>
      {pressed === true && <Check className={styles['check']} size={18} aria-hidden />}
    </button>
  )
}
