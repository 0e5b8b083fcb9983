import Archive from 'lucide-react/icons/archive'
import Search from 'lucide-react/icons/search'
import SquarePen from 'lucide-react/icons/square-pen'
import X from 'lucide-react/icons/x'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import type { AppState } from '../../stores/app-store.ts'
import { latest } from '../../stores/latest.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { PaneHeader } from '../../ui/PaneHeader.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { FILTER_NAME, focusChatFilter, focusChatRow } from './chat-focus.ts'
import { arrangeChats, countArchived, findChats } from './chat-list.ts'
import { ChatList } from './ChatList.tsx'
import styles from './ChatsPane.module.css'
import { NoChats } from './NoChats.tsx'
import { ConnectionStatus, SetAsideNotice } from './StatusNotices.tsx'

/** Returns only ids: when a chat changes but keeps its place, only its row renders again. */
function useChatIds(me: UserId, query: string, archiveOpen: boolean): readonly ChatId[] {
  const select = useMemo(() => {
    const isSearching = query.trim() !== ''
    return latest((chats: AppState['chats'], people: AppState['people']) => {
      const shown = isSearching ? findChats(chats, people, me, query) : arrangeChats(chats, archiveOpen)
      return shown.map(({ id }) => id)
    })
  }, [me, query, archiveOpen])
  return useAppStore(({ chats, people }) => select(chats, people))
}

/** The chat list with filter, archive, connection status and notices. */
export function ChatsPane({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const [query, setQuery] = useState('')
  const [archiveOpen, setArchiveOpen] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const openChatId = useAppStore((state) => state.navigation.openChatId)
  const status = <ConnectionStatus />

  const searching = query.trim() !== ''
  const archivedCount = useAppStore(({ chats }) => countArchived(chats))
  const chatIds = useChatIds(me, query, archiveOpen)

  const newChat = (): void => app.navigate({ pane: 'newChat' })

  const onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && query !== '') {
      event.preventDefault()
      setQuery('')
    } else if (event.key === 'ArrowDown') {
      if (focusChatRow()) event.preventDefault()
    } else if (event.key === 'Enter') {
      const row = list.current?.querySelector('[data-chat-id]')
      if (!searching || !(row instanceof HTMLElement)) return
      // Without this, the composer would get the focus and insert a new line.
      event.preventDefault()
      row.click()
    }
  }

  return (
    <section className={styles['pane']} aria-label={t(archiveOpen ? 'chats.archived' : 'chats.title')}>
      {archiveOpen ? (
        <PaneHeader
          title={t('chats.archived')}
          status={status}
          back={{ label: t('app.back'), onBack: () => setArchiveOpen(false) }}
        />
      ) : (
        <PaneHeader
          title={t('chats.title')}
          status={status}
          actions={
            <IconButton label={t('chats.newChat')} shortcut={shortcuts.newChat.keys} onClick={newChat}>
              <SquarePen size={19} aria-hidden />
            </IconButton>
          }
        />
      )}
      <div className={styles['filter']}>
        <TextField
          label={t('chats.filter')}
          hideLabel
          type="search"
          name={FILTER_NAME}
          placeholder={t('chats.filter')}
          maxLength={100}
          value={query}
          onValueChange={setQuery}
          onKeyDown={onFilterKey}
          icon={<Search size={16} aria-hidden />}
          action={
            query !== '' && (
              <IconButton
                label={t('chats.clearFilter')}
                shortcut="Escape"
                onClick={() => {
                  setQuery('')
                  focusChatFilter()
                }}
              >
                <X size={16} aria-hidden />
              </IconButton>
            )
          }
        />
      </div>
      <SetAsideNotice />
      {!archiveOpen && !searching && archivedCount > 0 && (
        <button type="button" className={styles['archive']} onClick={() => setArchiveOpen(true)}>
          <span className={styles['archiveIcon']}>
            <Archive size={18} aria-hidden />
          </span>
          {t('chats.archived')}
          <span className={styles['count']}>
            <span aria-hidden>{archivedCount}</span>
            <VisuallyHidden>{t('chats.archivedCount', { count: archivedCount })}</VisuallyHidden>
          </span>
        </button>
      )}
      <div ref={list} className={styles['list']}>
        {chatIds.length > 0 ? (
          <ChatList chatIds={chatIds} me={me} openChatId={openChatId} onLeaveUp={() => focusChatFilter()} />
        ) : (
          <NoChats
            query={query.trim()}
            archiveOpen={archiveOpen}
            archivedCount={archivedCount}
            onNewChat={newChat}
          />
        )}
      </div>
    </section>
  )
}
