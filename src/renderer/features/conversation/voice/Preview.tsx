import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { barsOf, durationOf, waveOf } from '#shared/domain/wave.ts'
import { VOICE_MIME } from '#shared/messages/kinds/voice.ts'
import type { StoredFile, VoiceNotesService } from '../../../services/services.ts'
import type { Track } from '../../../stores/player.ts'
import type { VoiceProblem } from '../../../stores/voice-note.ts'
import { useShowError } from '../../../ui/use-show-error.ts'
import { Sound } from '../kinds/Sound.tsx'
import styles from './VoiceBar.module.css'

interface PreviewProps {
  chatId: ChatId
  service: VoiceNotesService
  problem: VoiceProblem | null
}

/** An ended recording, to listen to before it is sent. */
export function Preview({ chatId, service, problem }: PreviewProps) {
  const { t } = useTranslation()
  const showError = useShowError()
  const root = useRef<HTMLDivElement>(null)
  const [file, setFile] = useState<StoredFile | null>(null)
  const levels = service.levels(chatId)
  const bars = useMemo(() => barsOf(waveOf(levels)), [levels])
  useEffect(() => {
    service.file(chatId).then(setFile, showError)
  }, [service, chatId, showError])

  return (
    <div className={styles['preview']}>
      {file !== null && (
        <Sound
          ref={root}
          track={trackOf(chatId, file)}
          label={t('message.voice')}
          bars={bars}
          duration={durationOf(levels)}
          meta={null}
        />
      )}
      {problem !== null && (
        <span className={styles['problem']} role="status">
          {t(`voice.problem.${problem}`)}
        </span>
      )}
    </div>
  )
}

function trackOf(chatId: ChatId, { sha256 }: StoredFile): Track {
  const key = `recording/${chatId}` as const
  return { key, chatId, sha256, mime: VOICE_MIME, remote: null, voice: null, fileName: null }
}
