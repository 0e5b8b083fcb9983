import ArrowLeft from 'lucide-react/icons/arrow-left'
import type { ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'
import styles from './PaneHeader.module.css'
import type { Shortcut } from './shortcuts.ts'

interface PaneHeaderProps {
  title: string
  /** Adds a back button before the title. `narrowOnly`: only in a narrow window. */
  back?: { label: string; shortcut?: Shortcut; onBack: () => void; narrowOnly?: boolean }
  /** A line under the title, announced when it appears. It does not change the height of the header. */
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
          {...(back.narrowOnly === true ? { className: styles['narrowOnly'] } : {})}
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
