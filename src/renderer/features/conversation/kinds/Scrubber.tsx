import clsx from 'clsx'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockDuration } from '#shared/domain/display-time.ts'
import styles from './Scrubber.module.css'

/** The arrow keys move by this, in ms. */
const STEP_MS = 5000
/** PageUp and PageDown move by this, in ms. */
const PAGE_MS = 30_000

interface ScrubberProps {
  /** The heights of the bars, each between 0 and 1; null: a line. */
  bars: readonly number[] | null
  /** In ms. */
  position: number
  duration: number
  onSeek: (position: number) => void
}

/** Shows and changes the position in a sound. Time runs from left to right in every language. */
export function Scrubber({ bars, position, duration, onSeek }: ScrubberProps) {
  const { t } = useTranslation()
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = Math.min(duration, dragged ?? position)
  const share = duration === 0 ? 0 : shown / duration

  const at = ({ currentTarget, clientX }: PointerEvent): number => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return duration * Math.min(1, Math.max(0, (clientX - left) / width))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = positionFor(event.key, position, duration)
    if (to === null || event.ctrlKey || event.altKey || event.metaKey) return
    // The list would move between its messages.
    event.preventDefault()
    event.stopPropagation()
    onSeek(Math.min(duration, Math.max(0, to)))
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      dir="ltr"
      className={styles['scrubber']}
      aria-label={t('player.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration / 1000)}
      aria-valuenow={Math.round(shown / 1000)}
      aria-valuetext={t('player.positionOf', {
        position: clockDuration(shown),
        duration: clockDuration(duration),
      })}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragged(at(event))
      }}
      onPointerMove={(event) => dragged !== null && setDragged(at(event))}
      onPointerUp={(event) => {
        if (dragged === null) return
        setDragged(null)
        onSeek(at(event))
      }}
      onPointerCancel={() => setDragged(null)}
    >
      {bars === null ? <Line share={share} /> : <Bars bars={bars} share={share} />}
    </div>
  )
}

function positionFor(key: string, position: number, duration: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return position - STEP_MS
    case 'ArrowRight':
      return position + STEP_MS
    case 'PageUp':
      return position + PAGE_MS
    case 'PageDown':
      return position - PAGE_MS
    case 'Home':
      return 0
    case 'End':
      return duration
    default:
      return null
  }
}

/** `share`: how much of the bars is behind the position, 0 to 1. */
export function Bars({ bars, share }: { bars: readonly number[]; share: number }) {
  return bars.map((height, index) => (
    <span
      // The bars of a note never change their order.
      key={index}
      className={clsx(styles['bar'], index < share * bars.length && styles['passed'])}
      style={{ blockSize: `${String(2 + 18 * height)}px` }}
    />
  ))
}

function Line({ share }: { share: number }) {
  return (
    <span className={styles['track']}>
      <span className={styles['behind']} style={{ inlineSize: `${String(share * 100)}%` }} />
      <span className={styles['thumb']} style={{ left: `${String(share * 100)}%` }} />
    </span>
  )
}
