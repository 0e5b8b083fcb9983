import CloudAlert from 'lucide-react/icons/cloud-alert'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import styles from './ErrorNotice.module.css'
import { HelpActions } from './HelpScreen.tsx'

/** Shown instead of a pane that failed to render. */
export function ErrorNotice({ onRetry }: { onRetry: () => void }) {
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
