import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './UnreadBadge.module.css'

const MAX_SHOWN = 999

interface UnreadBadgeProps {
  /** 0: nothing is shown. */
  count: number
  quiet: boolean
}

export function UnreadBadge({ count, quiet }: UnreadBadgeProps) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <span className={clsx(styles['badge'], quiet && styles['quiet'])}>
      <span aria-hidden>{count > MAX_SHOWN ? `${MAX_SHOWN}+` : count}</span>
      <VisuallyHidden>{t('chats.unread', { count })}</VisuallyHidden>
    </span>
  )
}

/** For an unread message that mentions this person. It keeps its colour in a muted chat, because a mention notifies there too. */
export function MentionBadge() {
  const { t } = useTranslation()
  return (
    <span className={styles['badge']}>
      <span aria-hidden>@</span>
      <VisuallyHidden>{t('chats.mentioned')}</VisuallyHidden>
    </span>
  )
}

/** For a chat that is marked as unread. */
export function UnreadDot({ quiet }: { quiet: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={clsx(styles['badge'], styles['dot'], quiet && styles['quiet'])}>
      <VisuallyHidden>{t('chats.markedUnread')}</VisuallyHidden>
    </span>
  )
}
