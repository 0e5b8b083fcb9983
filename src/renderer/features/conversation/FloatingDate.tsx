import clsx from 'clsx'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayTitle } from '#shared/domain/display-time.ts'
import styles from './Separators.module.css'

/** How long the date stays after the last scroll, in ms. */
const STAYS_MS = 1000

export interface FloatingDateHandle {
  /** Shows the day of this time (local ms) for a moment. Null hides the date. */
  show: (at: number | null) => void
}

/**
 * The day of the message at the top of the list, while the reader scrolls. It keeps its own state, so that a scroll does not
 * render the list. Screen readers find the days in the list itself.
 */
export function FloatingDate({ ref, now }: { ref: Ref<FloatingDateHandle>; now: number }) {
  const { i18n } = useTranslation()
  const [at, setAt] = useState<number | null>(null)
  const [isShown, setIsShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useImperativeHandle(
    ref,
    () => ({
      show(day) {
        clearTimeout(timer.current)
        setIsShown(day !== null)
        if (day === null) return
        setAt(day)
        timer.current = setTimeout(() => setIsShown(false), STAYS_MS)
      },
    }),
    [],
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <p className={clsx(styles['floating'], isShown && styles['shown'])} aria-hidden>
      {at !== null && <span className={styles['pill']}>{dayTitle(at, { now, locale: i18n.language })}</span>}
    </p>
  )
}
