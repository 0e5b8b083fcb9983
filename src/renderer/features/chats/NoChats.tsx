import Archive from 'lucide-react/icons/archive'
import CheckCheck from 'lucide-react/icons/check-check'
import MessageCirclePlus from 'lucide-react/icons/message-circle-plus'
import Search from 'lucide-react/icons/search'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { useServices } from '../../services/use-services.ts'
import type { ChatFilter } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'

interface NoChatsProps {
  /** The text of the filter. */
  query: string
  filter: ChatFilter
  archiveOpen: boolean
  hasArchived: boolean
  onNewChat: () => void
}

/** Shown instead of an empty list: the reason, and an action. */
export function NoChats({ query, filter, archiveOpen, hasArchived, onNewChat }: NoChatsProps) {
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
        action={
          filter === 'all' ? <Button onClick={onNewChat}>{t('chats.emptyAction')}</Button> : <ShowAll />
        }
      />
    )
  }
  if (filter === 'unread')
    return <EmptyState icon={<CheckCheck size={28} />} title={t('chats.noneUnread')} action={<ShowAll />} />
  if (filter === 'groups') return <NoGroups />
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

function NoGroups() {
  const { t } = useTranslation()
  const { app } = useServices()
  return (
    <EmptyState
      icon={<UsersRound size={28} />}
      title={t('chats.noGroups')}
      text={t('chats.noGroupsText')}
      action={
        <Button variant="primary" onClick={() => app.navigate({ pane: 'newGroup' })}>
          {t('groups.new')}
        </Button>
      }
    />
  )
}

function ShowAll() {
  const { t } = useTranslation()
  const { app } = useServices()
  return <Button onClick={() => app.navigate({ chatFilter: 'all' })}>{t('chats.showAll')}</Button>
}
