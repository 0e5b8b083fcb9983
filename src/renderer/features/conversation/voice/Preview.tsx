import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import Play from 'lucide-react/icons/play'
import type { ChatId } from '#shared/domain/ids.ts'
import { barsOf, durationOf, waveOf } from '#shared/domain/wave.ts'
import { VOICE_MIME } from '#shared/messages/kinds/voice.ts'
import type { StoredFile, VoiceNotesService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import type { Track } from '../../../stores/player.ts'
import type { VoiceProblem } from '../../../stores/voice-note.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import { Bars } from '../kinds/Scrubber.tsx'
import { Sound } from '../kinds/Sound.tsx'
import { RecordedTime } from './LiveWave.tsx'
import styles from './VoiceBar.module.css'

interface PreviewProps {
  chatId: ChatId
  service: VoiceNotesService
  problem: VoiceProblem | null
}

/** An ended recording, to listen to before it is sent. Its file is made when it is played for the first time. */
export function Preview({ chatId, service, problem }: PreviewProps) {
  const { t } = useTranslation()
  const { player } = useServices()
  const showError = useShowError()
  const root = useRef<HTMLDivElement>(null)
  const [file, setFile] = useState<StoredFile | null>(null)
  const levels = service.levels(chatId)
  const bars = useMemo(() => barsOf(waveOf(levels)), [levels])

  const listen = async (): Promise<void> => {
    const stored = await service.file(chatId)
    setFile(stored)
    await (await player()).toggle(trackOf(chatId, stored))
  }
  const note = problem === null ? null : <span className={styles['problem']}>{t(`voice.problem.${problem}`)}</span>
  if (file !== null)
    return (
      <div className={styles['preview']}>
        <Sound
          ref={root}
          track={trackOf(chatId, file)}
          label={t('message.voice')}
          bars={bars}
          duration={durationOf(levels)}
          meta={note}
        />
      </div>
    )
  return (
    <div className={styles['preview']}>
      <IconButton size="l" side="top" label={t('player.play')} onClick={() => void listen().catch(showError)}>
        <Play size={18} aria-hidden />
      </IconButton>
      <span className={styles['bars']} dir="ltr" aria-hidden>
        <Bars bars={bars} share={0} />
      </span>
      <RecordedTime chatId={chatId} service={service} />
      {note}
    </div>
  )
}

function trackOf(chatId: ChatId, { sha256 }: StoredFile): Track {
  const key = `recording/${chatId}` as const
  return { key, chatId, sha256, mime: VOICE_MIME, remote: null, voice: null, fileName: null }
}
