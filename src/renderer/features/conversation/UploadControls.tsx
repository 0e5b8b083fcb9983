import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { displayPart, displaySize } from '#shared/domain/display-size.ts'
import type { FileStatus } from '../../services/media/file-status.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProgressRing } from '../../ui/media/ProgressRing.tsx'
import styles from './UploadControls.module.css'

/** Smaller uploads are over before anybody pauses them. In bytes. */
const PAUSABLE_BYTES = 20_000_000

interface UploadControlsProps {
  status: Extract<FileStatus, { kind: 'uploading' }>
  onCancel: () => void
  onPause: () => void
  onResume: () => void
}

/** Over the picture of an own message that is on its way. */
export function UploadControls({ status, onCancel, onPause, onResume }: UploadControlsProps) {
  const { t } = useTranslation()
  const isPaused = status.state === 'paused'
  return (
    <div className={styles['controls']}>
      <IconButton className={styles['round']} label={t('mediaView.cancelUpload')} onClick={onCancel}>
        <ProgressRing share={shareOf(status)} />
        <X size={20} aria-hidden />
      </IconButton>
      {isPausable(status) && (
        <IconButton
          className={styles['round']}
          label={t(isPaused ? 'mediaView.resume' : 'mediaView.pause')}
          onClick={isPaused ? onResume : onPause}
        >
          {isPaused ? <Play size={20} aria-hidden /> : <Pause size={20} aria-hidden />}
        </IconButton>
      )}
      <span className={styles['text']}>
        <UploadText status={status} />
      </span>
    </div>
  )
}

export function isPausable({ state, size }: UploadControlsProps['status']): boolean {
  return size > PAUSABLE_BYTES && state !== 'waiting'
}

/** How much of a file is uploaded. Null: nothing yet. */
export function shareOf({ done, size }: { done: number; size: number }): number | null {
  return done === 0 ? null : done / size
}

/** How far an upload is, in words. */
export function UploadText({ status }: { status: UploadControlsProps['status'] }) {
  const { t, i18n } = useTranslation()
  const { state, done, size } = status
  if (state === 'waiting') return t('mediaView.waiting')
  if (state === 'paused') return t('mediaView.paused')
  return t('mediaView.progress', {
    done: displayPart(done, size, i18n.language),
    size: displaySize(size, i18n.language),
  })
}
