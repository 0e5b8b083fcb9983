import { useTranslation } from 'react-i18next'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import styles from './Shell.module.css'

/** The empty layout during the start. It has the final sizes, so that nothing moves when the content appears. */
export function Shell() {
  const { t } = useTranslation()
  return (
    <main className={styles['shell']} aria-busy aria-label={t('app.loading')}>
      <VisuallyHidden>
        <h1>{t('app.name')}</h1>
      </VisuallyHidden>
      <div className={styles['rail']} />
      <div className={styles['list']} />
      <div className={styles['conversation']} />
    </main>
  )
}
