import ArrowDown from 'lucide-react/icons/arrow-down'
import AtSign from 'lucide-react/icons/at-sign'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import styles from './MessageList.module.css'

/** Scrolls to the newest message. `count`: messages from others that have not been in view yet. */
export function JumpButton({ count, onJump }: { count: number; onJump: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles['jump']}>
      <IconButton
        className={styles['jumpButton']}
        size="l"
        side="top"
        label={count === 0 ? t('conversation.newest') : t('conversation.newestCount', { count })}
        shortcut={shortcuts.newest.keys}
        onClick={onJump}
      >
        <ArrowDown size={20} aria-hidden />
      </IconButton>
      {count > 0 && (
        <span className={styles['jumpCount']} aria-hidden>
          {count > 999 ? '999+' : count}
        </span>
      )}
    </div>
  )
}

/** Goes to the next unread message that mentions the reader. */
export function MentionButton({ onJump }: { onJump: () => void }) {
  const { t } = useTranslation()
  return (
    <IconButton
      className={styles['jumpButton']}
      size="l"
      side="top"
      label={t('conversation.nextMention')}
      onClick={onJump}
    >
      <AtSign size={18} aria-hidden />
    </IconButton>
  )
}
