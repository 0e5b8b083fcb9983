import clsx from 'clsx'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

interface NoticeProps {
  tone?: 'quiet' | 'warning'
  icon?: ReactNode
  children: ReactNode
  action?: ReactNode
}

/** A status line across a pane. Screen readers announce it when it appears. */
export function Notice({ tone = 'quiet', icon, children, action }: NoticeProps) {
  return (
    <div role="status" className={clsx(styles['notice'], styles[tone])}>
      {icon}
      <div className={styles['text']}>{children}</div>
      {action}
    </div>
  )
}
