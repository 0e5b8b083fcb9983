import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { FILE_KINDS } from '#shared/domain/storage.ts'
import type { StorageUsage } from '../../../services/services.ts'
import { Button } from '../../../ui/Button.tsx'
import styles from './Storage.module.css'

const KINDS = [...FILE_KINDS, 'other'] as const

interface UsageSummaryProps {
  /** Null: not loaded yet. */
  usage: StorageUsage | null
  failed: boolean
  onRetry: () => void
}

/** How much the files take, and which kinds of files. */
export function UsageSummary({ usage, failed, onRetry }: UsageSummaryProps) {
  const { t, i18n } = useTranslation()
  if (failed)
    return (
      <div role="alert" className={styles['note']}>
        {t('storage.loadFailed')}
        <Button onClick={onRetry}>{t('app.tryAgain')}</Button>
      </div>
    )
  const total = KINDS.reduce((sum, kind) => sum + (usage?.[kind].size ?? 0), 0)
  return (
    <section aria-labelledby="storage-total" className={styles['summary']}>
      <h3 id="storage-total" className={styles['total']}>
        {usage === null
          ? t('storage.counting')
          : t('storage.total', { size: displaySize(total, i18n.language) })}
      </h3>
      <div className={styles['bar']} aria-hidden>
        {usage !== null &&
          KINDS.filter((kind) => usage[kind].size > 0).map((kind) => (
            <span key={kind} className={styles[kind]} style={{ flexGrow: usage[kind].size }} />
          ))}
      </div>
      <ul className={styles['kinds']}>
        {KINDS.map((kind) => (
          <li key={kind} className={styles['kind']}>
            <span aria-hidden className={`${styles['dot'] ?? ''} ${styles[kind] ?? ''}`} />
            <span className={styles['label']}>{t(`storage.kinds.${kind}`)}</span>
            <span className={styles['size']}>{displaySize(usage?.[kind].size ?? 0, i18n.language)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
