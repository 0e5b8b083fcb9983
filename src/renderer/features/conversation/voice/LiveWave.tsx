import { useSyncExternalStore } from 'react'
import { clockDuration } from '#shared/domain/display-time.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { barsOf, durationOf } from '#shared/domain/wave.ts'
import type { VoiceNotesService } from '../../../services/services.ts'
import styles from './VoiceBar.module.css'

/** The newest levels that are shown: as many as fit into the widest bar. */
const SHOWN_LEVELS = 160

interface LevelsProps {
  chatId: ChatId
  service: VoiceNotesService
}

function useLevels({ chatId, service }: LevelsProps): string {
  return useSyncExternalStore(
    (listener) => service.onLevels(listener),
    () => service.levels(chatId),
  )
}

/** The newest levels move in from the end. The oldest ones are cut off at the start. */
export function LiveWave(props: LevelsProps) {
  const bars = barsOf(useLevels(props).slice(-SHOWN_LEVELS))
  return (
    <span className={styles['wave']} dir="ltr" aria-hidden>
      {bars.map((height, index) => (
        <span key={index} className={styles['level']} style={{ blockSize: `${String(2 + 28 * height)}px` }} />
      ))}
    </span>
  )
}

export function RecordedTime(props: LevelsProps) {
  // Whole seconds, as a clock shows them.
  const duration = Math.floor(durationOf(useLevels(props)) / 1000) * 1000
  return (
    <time className={styles['time']} dir="ltr">
      {clockDuration(duration)}
    </time>
  )
}
