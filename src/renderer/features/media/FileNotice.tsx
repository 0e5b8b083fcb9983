import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { FileStatus } from '../../services/media/file-status.ts'
import { Button } from '../../ui/Button.tsx'
import { ProgressRing } from '../../ui/media/ProgressRing.tsx'
import { useFileActions } from './use-file-actions.ts'
import styles from './Viewer.module.css'

interface FileNoticeProps {
  message: Message
  status: FileStatus
  /** The file is here but cannot be shown. */
  broken: boolean
}

/** Why the viewer does not show the file, and what the person can do. */
export function FileNotice({ message, status, broken }: FileNoticeProps) {
  const { t, i18n } = useTranslation()
  const actions = useFileActions()
  if (status.kind === 'downloading')
    return (
      <div className={styles['notice']}>
        <span className={styles['ring']}>
          <ProgressRing share={status.done === 0 ? null : status.done / status.size} />
        </span>
        {t('mediaView.progress', {
          done: displaySize(status.done, i18n.language),
          size: displaySize(status.size, i18n.language),
        })}
      </div>
    )
  if (status.kind === 'gone' || status.kind === 'failed')
    return (
      <div className={styles['notice']} role="alert">
        {t(`mediaView.failure.${status.failure}`)}
        {status.kind === 'failed' && (
          <Button onClick={() => actions.download(message)}>{t('mediaView.retry')}</Button>
        )}
      </div>
    )
  if (status.kind === 'remote')
    return (
      <div className={styles['notice']}>
        <Button onClick={() => actions.download(message)}>{t('mediaView.download')}</Button>
      </div>
    )
  if (!broken) return null
  return (
    <div className={styles['notice']} role="alert">
      {t('mediaView.broken')}
    </div>
  )
}
