import type { ReactNode } from 'react'
import styles from './AuthForm.module.css'

/** The fields of one step and, below them, the ways on. */
export function AuthForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}

export function AuthActions({ children }: { children: ReactNode }) {
  return <div className={styles['actions']}>{children}</div>
}
