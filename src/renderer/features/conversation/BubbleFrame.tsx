import clsx from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import styles from './BubbleFrame.module.css'
import type { Frame } from './kinds/kind.ts'
import { useShrunkBubble } from './shrink-bubbles.ts'

interface BubbleFrameProps {
  /** Null for an album, whose cells have the ids. */
  id: string | null
  /** For screen readers: the sender, the time and the delivery state. */
  label: string
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  frame: Frame
  /** At the top of the bubble: the sender's name, in a group. */
  header: ReactNode
  /** Beside the last bubble of a group of bubbles. Undefined: the row has no space for avatars. */
  avatar: ReactNode | undefined
  /** Changes with everything that the bubble shows: see shrink-bubbles.ts. */
  contentKey: string
  /** Under the bubble: why the message was not sent. */
  notice: ReactNode
  /** Under the bubble: how many have read the message. */
  footer: ReactNode
  children: ReactNode
}

/** The bubble around the body of any kind. */
export function BubbleFrame(props: BubbleFrameProps) {
  const { id, label, own, startsGroup, endsGroup, frame, header, avatar, contentKey, children } = props
  const row = useRef<HTMLElement>(null)
  useShrunkBubble(row, contentKey)
  return (
    <article
      ref={row}
      className={clsx(
        styles['row'],
        frame === 'pill' ? styles['centred'] : own ? styles['own'] : styles['other'],
        endsGroup && styles['endsGroup'],
        avatar !== undefined && styles['withAvatar'],
      )}
      aria-label={label}
      tabIndex={-1}
      data-message-id={id ?? undefined}
      data-row-key={id ?? undefined}
    >
      <div
        className={clsx(
          styles[frame === 'pill' ? 'pill' : 'bubble'],
          startsGroup && styles['first'],
          endsGroup && styles['last'],
          frame === 'bare' && styles['bare'],
          frame === 'picture' && styles['picture'],
        )}
      >
        {header}
        {children}
      </div>
      {avatar !== undefined && avatar !== false && <span className={styles['avatar']}>{avatar}</span>}
      {props.notice !== null && <p className={styles['notice']}>{props.notice}</p>}
      {props.footer}
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
      <span className={styles['corner']} data-corner>
        {meta}
      </span>
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
      <div className={styles['below']} data-shrinks>
        {action}
        {meta}
      </div>
    </>
  )
}

/** A phrase of the app instead of a body. */
export function Placeholder({
  text,
  icon: Icon,
  meta,
}: {
  text: string
  icon?: LucideIcon
  meta: ReactNode
}) {
  return (
    <p className={styles['placeholder']}>
      {Icon !== undefined && <Icon size={14} className={styles['placeholderIcon']} aria-hidden />}
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
