import { CloudAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../services/use-services.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useShowError } from '../ui/use-show-error.ts'
import styles from './FaultNotice.module.css'

/** Stands in for a pane that failed. */
export function FaultNotice({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className={styles['notice']}>
      <EmptyState
        icon={<CloudAlert size={28} />}
        title={t('app.faultTitle')}
        text={t('app.faultText')}
        action={
          <div className={styles['actions']}>
            <Button variant="primary" onClick={onRetry}>
              {t('app.tryAgain')}
            </Button>
            <HelpActions />
          </div>
        }
      />
    </div>
  )
}

/** What can be done about a fault anywhere. */
export function HelpActions() {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  return (
    <>
      <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
      <Button onClick={() => void app.openLogs().catch(showError)}>{t('app.openLogs')}</Button>
    </>
  )
}
