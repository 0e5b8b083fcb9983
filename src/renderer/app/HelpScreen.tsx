import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { Mark } from '../ui/Mark.tsx'
import { HelpActions } from './FaultNotice.tsx'
import styles from './HelpScreen.module.css'

/** When nothing else can be shown: what happened and the ways on. */
export function HelpScreen() {
  const { t } = useTranslation()
  const message = useAppStore(({ session }) => (session.phase === 'broken' ? session.message : ''))
  return (
    <main className={styles['page']}>
      <Mark size={72} />
      <h1 className={styles['title']}>{t('app.brokenTitle')}</h1>
      <p className={styles['text']}>{t('app.brokenText')}</p>
      {message !== '' && <code className={styles['message']}>{displayLine(message, 300)}</code>}
      <div className={styles['actions']}>
        <HelpActions />
      </div>
    </main>
  )
}
