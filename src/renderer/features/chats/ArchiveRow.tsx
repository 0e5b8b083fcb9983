import Archive from 'lucide-react/icons/archive'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import { latest } from '../../stores/latest.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { runShortcut } from '../../ui/shortcuts.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './ArchiveRow.module.css'
import { focusChatFilter, focusFirstChatRow } from './chat-focus.ts'
import { archivedUnread } from './chat-list.ts'
import { UnreadBadge } from './UnreadBadge.tsx'

/** The first row of the chat list. It opens the archive. */
export function ArchiveRow({ me, onOpen }: { me: UserId; onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const count = useMemo(() => latest(archivedUnread), [])
  const unread = useAppStore(({ chats, people }) => count(chats, people, me, now))
  return (
    <button
      type="button"
      data-archive-row
      className={styles['row']}
      onClick={onOpen}
      onKeyDown={({ nativeEvent }) =>
        runShortcut(nativeEvent, {
          moveInList: ({ key }) => (key === 'ArrowUp' ? focusChatFilter() : focusFirstChatRow()),
        })
      }
    >
      <span className={styles['icon']}>
        <Archive size={18} aria-hidden />
      </span>
      <span className={styles['label']}>{t('chats.archived')}</span>
      <UnreadBadge count={unread} quiet />
    </button>
  )
}
