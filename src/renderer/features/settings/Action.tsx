import type { ComponentProps, ReactNode } from 'react'
import styles from './Settings.module.css'

interface ActionProps extends ComponentProps<'button'> {
  label: string
  icon: ReactNode
  end?: ReactNode
  danger?: boolean
}

/** A row that opens something or does something. */
export function Action({ label, icon, end, danger = false, ...rest }: ActionProps) {
  return (
    <button {...rest} type="button" className={styles['action']} data-danger={danger || undefined}>
      {icon}
      <span className={styles['label']}>{label}</span>
      {end}
    </button>
  )
}
