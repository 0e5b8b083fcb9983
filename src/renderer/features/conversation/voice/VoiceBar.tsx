import Mic from 'lucide-react/icons/mic'
import Pause from 'lucide-react/icons/pause'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import Square from 'lucide-react/icons/square'
import Trash2 from 'lucide-react/icons/trash-2'
import { type KeyboardEvent, use, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { durationOf } from '#shared/domain/wave.ts'
import type { VoiceNotesService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import type { VoiceNote } from '../../../stores/voice-note.ts'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { LiveRegion } from '../../../ui/VisuallyHidden.tsx'
import { LiveWave, RecordedTime } from './LiveWave.tsx'
import { Preview } from './Preview.tsx'
import styles from './VoiceBar.module.css'
import { VoiceFailure } from './VoiceFailure.tsx'

/** A longer recording is not deleted without a question, in ms. */
const ASK_FROM_MS = 3000

interface VoiceBarProps {
  chatId: ChatId
  note: VoiceNote
}

/** Takes the place of the composer while the chat has a voice note that is not sent. */
export function VoiceBar({ chatId, note }: VoiceBarProps) {
  const { t } = useTranslation()
  const { voiceNotes } = useServices()
  const service = use(voiceNotes())
  const [asking, setAsking] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const { phase, problem } = note
  useFocus(root, phase)
  useStopOnLeave(service, chatId)

  const discard = (): void => void service.discard(chatId)
  const askToDiscard = (): void => {
    if (phase === 'failed' || durationOf(service.levels(chatId)) < ASK_FROM_MS) return discard()
    service.pause(chatId)
    setAsking(true)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const isOnBar = event.target === event.currentTarget
    if (event.key === 'Escape' && !event.defaultPrevented && !asking) askToDiscard()
    // A repeated key is the one that has started the recording.
    else if (event.key === 'Enter' && isOnBar && !event.repeat) void service.send(chatId)
    else return
    event.preventDefault()
    // Otherwise the same key would close the question that it has opened.
    event.stopPropagation()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- handles the keys of everything in the bar
    <div
      ref={root}
      className={styles['bar']}
      role="group"
      aria-label={t('voice.bar')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      data-phase={phase}
    >
      {phase === 'failed' ? (
        <VoiceFailure
          problem={problem ?? 'broken'}
          onRetry={() => void service.start(chatId)}
          onClose={discard}
          service={service}
        />
      ) : (
        <>
          <IconButton size="l" side="top" label={t('voice.discard')} onClick={askToDiscard}>
            <Trash2 size={18} aria-hidden />
          </IconButton>
          {phase === 'done' || phase === 'sending' ? (
            <Preview chatId={chatId} service={service} problem={problem} />
          ) : (
            <Live chatId={chatId} phase={phase} service={service} />
          )}
          <IconButton
            className={styles['send']}
            size="l"
            side="top"
            label={t('voice.send')}
            aria-disabled={phase === 'starting' || phase === 'sending'}
            data-voice-send
            onClick={() => void service.send(chatId)}
          >
            <SendHorizontal size={18} aria-hidden />
          </IconButton>
        </>
      )}
      <LiveRegion>{t(`voice.phase.${phase}`)}</LiveRegion>
      <ConfirmDialog
        open={asking}
        onClose={() => {
          setAsking(false)
          // Once the dialog has ended. It would give the focus to nothing, and then no key reaches the bar.
          setTimeout(() => root.current?.focus(), 0)
        }}
        onConfirm={discard}
        title={t('voice.discardTitle')}
        text={t('voice.discardText')}
        confirmLabel={t('voice.discard')}
        cancelLabel={t('voice.keep')}
        danger
      />
    </div>
  )
}

interface LiveProps {
  chatId: ChatId
  phase: VoiceNote['phase']
  service: VoiceNotesService
}

/** A running recording: its time, its wave, and the buttons that pause and end it. */
function Live({ chatId, phase, service }: LiveProps) {
  const { t } = useTranslation()
  if (phase === 'starting') return <span className={styles['text']}>{t('voice.phase.starting')}</span>
  const isPaused = phase === 'paused'
  return (
    <>
      <span className={styles['light']} data-on={!isPaused || undefined} aria-hidden />
      <RecordedTime chatId={chatId} service={service} />
      <LiveWave chatId={chatId} service={service} />
      <IconButton
        size="l"
        side="top"
        label={t(isPaused ? 'voice.resume' : 'voice.pause')}
        onClick={() => (isPaused ? service.resume(chatId) : service.pause(chatId))}
      >
        {isPaused ? <Mic size={18} aria-hidden /> : <Pause size={18} aria-hidden />}
      </IconButton>
      <IconButton size="l" side="top" label={t('voice.stop')} onClick={() => void service.stop(chatId)}>
        <Square size={16} aria-hidden />
      </IconButton>
    </>
  )
}

/** The bar takes over the focus of the composer, or of a button that is gone. Enter then sends, and Escape deletes. */
function useFocus(root: React.RefObject<HTMLElement | null>, phase: VoiceNote['phase']): void {
  useEffect(() => {
    const take = (): void => {
      if (document.activeElement === document.body) root.current?.focus()
    }
    take()
    // The button that was pressed can be gone before the press has moved the focus.
    window.addEventListener('pointerup', take)
    return () => window.removeEventListener('pointerup', take)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each phase has buttons of its own
  }, [root, phase])
}

/** The recording ends when another chat is opened. It waits in its chat. */
function useStopOnLeave(service: VoiceNotesService, chatId: ChatId): void {
  useEffect(() => () => void service.stop(chatId), [service, chatId])
}
