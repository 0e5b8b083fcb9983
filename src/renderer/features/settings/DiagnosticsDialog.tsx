import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Diagnostics.module.css'

const PARTS = ['versions', 'settings', 'connections', 'counts', 'log'] as const

/** Says what a diagnostics file contains before it is saved. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      if (!(await app.saveDiagnostics())) return
      notify(t('diagnostics.saved'))
      onClose()
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('diagnostics.title')} closeLabel={t('app.close')}>
      <div className={styles['body']}>
        <p>{t('diagnostics.text')}</p>
        <p>{t('diagnostics.contains')}</p>
        <ul>
          {PARTS.map((part) => (
            <li key={part}>{t(`diagnostics.${part}`)}</li>
          ))}
        </ul>
        <p>{t('diagnostics.without')}</p>
        <Button variant="primary" inactive={busy} onClick={() => void save()}>
          {t('diagnostics.save')}
        </Button>
      </div>
    </Dialog>
  )
}
