import clsx from 'clsx'
import type { ReactNode } from 'react'
import styles from './BubbleFrame.module.css'

interface BubbleFrameProps {
  id: string
  /** For screen readers: the sender, the time and the delivery state. */
  label: string
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  /** Under the bubble: why the message was not sent. */
  notice: ReactNode
  children: ReactNode
}

/** The bubble around the body of any kind. */
export function BubbleFrame({ id, label, own, startsGroup, endsGroup, notice, children }: BubbleFrameProps) {
  return (
    <article
      className={clsx(styles['row'], own ? styles['own'] : styles['other'], endsGroup && styles['endsGroup'])}
      aria-label={label}
      tabIndex={-1}
      data-message-id={id}
    >
      <div className={clsx(styles['bubble'], startsGroup && styles['first'])}>{children}</div>
      {notice !== null && <p className={styles['notice']}>{notice}</p>}
    </article>
  )
}

/** For the end of running text. Reserves space in the last line for the time and ticks, which are placed in the bubble's corner. */
export function TextTail({ meta }: { meta: ReactNode }) {
  return (
    <>
      <span className={styles['room']} aria-hidden inert>
        {meta}
      </span>
      <span className={styles['corner']}>{meta}</span>
    </>
  )
}

/** A body that is not running text. The time and ticks are in a separate line below it, with `action` at the start. */
export function BlockBody({
  meta,
  action,
  children,
}: {
  meta: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      {children}
      <div className={styles['below']}>
        {action}
        {meta}
      </div>
    </>
  )
}

/** A phrase of the app instead of a body. */
export function Placeholder({ text, meta }: { text: string; meta: ReactNode }) {
  return (
    <p className={styles['placeholder']}>
      {text}
      <TextTail meta={meta} />
    </p>
  )
}

/** Time and ticks. */
export function Meta({ children }: { children: ReactNode }) {
  return <span className={styles['meta']}>{children}</span>
}

/** A button that looks like a link. */
export function TextButton({
  expanded,
  onClick,
  children,
}: {
  expanded?: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button type="button" className={styles['textButton']} aria-expanded={expanded} onClick={onClick}>
      {children}
    </button>
  )
}
