import Check from 'lucide-react/icons/check'
import CheckCheck from 'lucide-react/icons/check-check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import Clock3 from 'lucide-react/icons/clock-3'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import styles from './DeliveryIcon.module.css'

const icons = {
  saving: CircleDashed,
  sending: Clock3,
  failed: CircleAlert,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
} as const satisfies Record<DeliveryState, typeof Check>

interface DeliveryIconProps {
  state: DeliveryState
  /** The accessible name: the state in words. */
  label: string
  size?: number
}

/** Shows the delivery state of an outgoing message. */
export function DeliveryIcon({ state, label, size = 16 }: DeliveryIconProps) {
  const Icon = icons[state]
  return (
    <Icon
      role="img"
      aria-label={label}
      aria-hidden={false}
      size={size}
      className={styles[state]}
      data-delivery={state}
    />
  )
}
