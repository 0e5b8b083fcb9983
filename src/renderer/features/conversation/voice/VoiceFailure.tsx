import { useTranslation } from 'react-i18next'
import type { VoiceNotesService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import type { VoiceProblem } from '../../../stores/voice-note.ts'
import { Button } from '../../../ui/Button.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import styles from './VoiceBar.module.css'

interface VoiceFailureProps {
  problem: VoiceProblem
  service: VoiceNotesService
  onRetry: () => void
  onClose: () => void
}

/** Why nothing was recorded, and what to do. */
export function VoiceFailure({ problem, service, onRetry, onClose }: VoiceFailureProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  // Linux has no such settings.
  const hasSettings = problem === 'denied' && app.platform !== 'linux'
  return (
    <>
      <p className={styles['text']} role="alert">
        {t(`voice.problem.${problem}`)}
      </p>
      {hasSettings && (
        <Button onClick={() => void service.openMicrophoneSettings().catch(showError)}>
          {t('voice.openSettings')}
        </Button>
      )}
      <Button onClick={onRetry}>{t('conversation.retry')}</Button>
      <Button variant="ghost" onClick={onClose}>
        {t('voice.close')}
      </Button>
    </>
  )
}
