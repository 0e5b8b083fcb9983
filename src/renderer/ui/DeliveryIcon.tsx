import clsx from 'clsx'
import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import styles from './DeliveryIcon.module.css'

const icons = {
  sending: Clock3,
  failed: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
} as const satisfies Record<DeliveryState, typeof Check>

interface DeliveryIconProps {
  state: DeliveryState
  /** The state in words: the accessible name. */
  label: string
  size?: number
}

/** How far an own message has come. */
export function DeliveryIcon({ state, label, size = 16 }: DeliveryIconProps) {
  const Icon = icons[state]
  return (
    <Icon
      role="img"
      aria-label={label}
      aria-hidden={false}
      size={size}
      className={clsx(styles['icon'], styles[state])}
      data-delivery={state}
    />
  )
}
