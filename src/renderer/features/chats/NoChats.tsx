import Archive from 'lucide-react/icons/archive'
import MessageCirclePlus from 'lucide-react/icons/message-circle-plus'
import Search from 'lucide-react/icons/search'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'

interface NoChatsProps {
  /** The text of the filter. */
  query: string
  archiveOpen: boolean
  hasArchived: boolean
  onNewChat: () => void
}

/** Shown instead of an empty list: the reason, and an action. */
export function NoChats({ query, archiveOpen, hasArchived, onNewChat }: NoChatsProps) {
  const { t } = useTranslation()
  const isLoading = useAppStore(
    (state) => !state.replicaLoaded || (!state.firstSyncDone && state.chats.size === 0),
  )
  if (isLoading) return <SkeletonRows count={8} />
  if (query !== '') {
    return (
      <EmptyState
        icon={<Search size={28} />}
        title={t('chats.noMatch')}
        text={t('chats.noMatchText', { query: isolated(query) })}
        action={<Button onClick={onNewChat}>{t('chats.emptyAction')}</Button>}
      />
    )
  }
  if (archiveOpen) return <EmptyState icon={<Archive size={28} />} title={t('chats.archivedEmpty')} />
  return (
    <EmptyState
      icon={<MessageCirclePlus size={28} />}
      title={t(hasArchived ? 'chats.allArchived' : 'chats.empty')}
      text={t('chats.emptyText')}
      action={
        <Button variant="primary" onClick={onNewChat}>
          {t('chats.emptyAction')}
        </Button>
      }
    />
  )
}
