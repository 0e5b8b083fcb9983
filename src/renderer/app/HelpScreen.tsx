import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './HelpScreen.module.css'

const MESSAGE_LIMIT = 300

/** When nothing else can be shown: what happened and, as children, the ways on. */
export function HelpScreen({ message = '', children }: { message?: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className={styles['page']}>
      <Mark size={72} />
      <h1 className={styles['title']}>{t('app.brokenTitle')}</h1>
      <p className={styles['text']}>{t('app.brokenText')}</p>
      {message !== '' && <code className={styles['message']}>{displayLine(message, MESSAGE_LIMIT)}</code>}
      <div className={styles['actions']}>{children}</div>
    </main>
  )
}
