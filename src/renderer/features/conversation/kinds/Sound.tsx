import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import clsx from 'clsx'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { clockDuration } from '#shared/domain/display-time.ts'
import { usePlayback, useReportInView } from '../../../services/voice/use-playback.ts'
import type { Track } from '../../../stores/player.ts'
import { Scrubber } from './Scrubber.tsx'
import styles from './Sound.module.css'

interface SoundProps {
  ref: RefObject<HTMLDivElement | null>
  track: Track
  /** What is played, for screen readers. */
  label: string
  /** The loudness (see barsOf); null: a line. */
  bars: readonly number[] | null
  /** In ms; null: known once the player has the track. */
  duration: number | null
  /** A dot says that this person has not listened to it yet. */
  unheard?: boolean
  /** Time and ticks, at the end of the line below. */
  meta: ReactNode
}

/** The controls of a sound: play, position, speed. */
export function Sound({ ref, track, label, bars, duration, unheard = false, meta }: SoundProps) {
  const { t } = useTranslation()
  const { player, position, toggle, seek, changeRate } = usePlayback(track)
  useReportInView(ref, track.key)
  const phase = player?.phase ?? 'paused'
  const isOn = phase === 'playing' || phase === 'loading'
  const length = duration ?? player?.duration ?? null

  return (
    <div ref={ref} className={styles['sound']} role="group" aria-label={label} data-phase={phase}>
      <button
        type="button"
        className={styles['play']}
        aria-label={t(isOn ? 'player.pause' : 'player.play')}
        onClick={toggle}
      >
        {isOn ? (
          <Pause size={18} fill="currentcolor" aria-hidden />
        ) : (
          <Play size={18} fill="currentcolor" aria-hidden />
        )}
      </button>
      <div className={styles['line']}>
        <Scrubber bars={bars} position={position} duration={length ?? 0} onSeek={seek} />
        {player !== null && player.phase !== 'failed' && (
          <button
            type="button"
            className={styles['rate']}
            aria-label={t('player.speed', { rate: player.rate })}
            onClick={changeRate}
          >
            <span dir="ltr">{player.rate}×</span>
          </button>
        )}
      </div>
      <div className={styles['foot']}>
        {player?.phase === 'failed' ? (
          <span className={styles['failure']} role="status">
            {t(`player.failure.${player.failure ?? 'unplayable'}`)}
          </span>
        ) : (
          <span className={clsx(styles['time'], length === null && styles['unknown'])} dir="ltr">
            {clockDuration(player === null || position === 0 ? (length ?? 0) : position)}
          </span>
        )}
        {unheard && <span className={styles['dot']} role="img" aria-label={t('player.unheard')} />}
        <span className={styles['meta']}>{meta}</span>
      </div>
    </div>
  )
}
