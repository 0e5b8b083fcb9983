import type { ReactNode } from 'react'
import { Form } from '../../ui/Form.tsx'
import styles from './AuthForm.module.css'

/** The fields of one step, with AuthActions below them. */
export function AuthForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <Form className={styles['form']} onSubmit={onSubmit}>
      {children}
    </Form>
  )
}

/** A picture above the fields, in the middle. */
export function AuthPicture({ children }: { children: ReactNode }) {
  return <div className={styles['picture']}>{children}</div>
}

export function AuthActions({ children }: { children: ReactNode }) {
  return <div className={styles['actions']}>{children}</div>
}
