import { useTranslation } from 'react-i18next'
import styles from './Shell.module.css'

/** Before anything is known: the window's frame, so that nothing jumps when the list is there. */
export function Shell() {
  const { t } = useTranslation()
  return (
    <main className={styles['shell']} aria-busy aria-label={t('app.loading')}>
      <div className={styles['rail']} />
      <div className={styles['list']} />
      <div className={styles['conversation']} />
    </main>
  )
}
