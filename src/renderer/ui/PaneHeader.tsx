import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'
import styles from './PaneHeader.module.css'
import type { Shortcut } from './shortcuts.ts'

interface PaneHeaderProps {
  title: string
  /** With it a back button stands before the title. */
  back?: { label: string; shortcut?: Shortcut; onBack: () => void }
  /** A quiet line under the title, read out when it appears; it takes no room from what is below the header. */
  status?: ReactNode
  actions?: ReactNode
}

export function PaneHeader({ title, back, status, actions }: PaneHeaderProps) {
  return (
    <header className={styles['header']}>
      {back !== undefined && (
        <IconButton
          label={back.label}
          {...(back.shortcut === undefined ? {} : { shortcut: back.shortcut })}
          onClick={back.onBack}
        >
          <ArrowLeft className={styles['arrow']} size={20} aria-hidden />
        </IconButton>
      )}
      <div className={styles['texts']}>
        <h2 className={styles['title']}>{title}</h2>
        <div role="status" className={styles['status']}>
          {status}
        </div>
      </div>
      {actions}
    </header>
  )
}
