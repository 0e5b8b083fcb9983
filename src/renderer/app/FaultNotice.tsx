import { CloudAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import styles from './FaultNotice.module.css'
import { HelpActions } from './HelpScreen.tsx'

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
