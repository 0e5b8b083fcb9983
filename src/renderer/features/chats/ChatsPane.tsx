import Search from 'lucide-react/icons/search'
import SquarePen from 'lucide-react/icons/square-pen'
import X from 'lucide-react/icons/x'
import { Suspense, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import type { AppState, ChatFilter } from '../../stores/app-store.ts'
import { latest } from '../../stores/latest.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { PaneHeader } from '../../ui/PaneHeader.tsx'
import { runShortcut, shortcuts, type Commands } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import { ArchiveRow } from './ArchiveRow.tsx'
import { FILTER_NAME, focusArchiveRow, focusChatFilter, focusChatRow } from './chat-focus.ts'
import { arrangeChats, filterChats, findChats, hasArchived } from './chat-list.ts'
import { ChatList, type ChatSection } from './ChatList.tsx'
import styles from './ChatsPane.module.css'
import { FilterChips } from './FilterChips.tsx'
import { NoChats } from './NoChats.tsx'
import { ConnectionStatus, ProxyStatus, SetAsideNotice } from './StatusNotices.tsx'

const UpdateNotice = lazyPart(async () => (await import('./UpdateNotice.tsx')).UpdateNotice)

interface Shown {
  me: UserId
  query: string
  filter: ChatFilter
}

/** Returns only ids: when a chat changes but keeps its place, only its row renders again. */
function useChatIds({ me, query, filter }: Shown, archived: boolean): readonly ChatId[] {
  const select = useMemo(() => {
    const isSearching = query.trim() !== ''
    return latest((chats: AppState['chats'], people: AppState['people'], openChatId: ChatId | null) => {
      const shown = isSearching
        ? findChats(chats, people, me, query, archived)
        : arrangeChats(chats, archived)
      return filterChats(shown, filter, { me, openChatId }).map(({ id }) => id)
    })
  }, [me, query, filter, archived])
  return useAppStore(({ chats, people, navigation }) => select(chats, people, navigation.openChatId))
}

/** Returns the chats of the list or of the archive, or what the query finds in both. Without empty sections. */
function useSections(shown: Shown, archiveOpen: boolean): readonly ChatSection[] {
  const { t } = useTranslation()
  const listed = useChatIds(shown, false)
  const archived = useChatIds(shown, true)
  const isSearching = shown.query.trim() !== ''
  return useMemo(() => {
    const sections = [
      { label: t('chats.list'), chatIds: isSearching || !archiveOpen ? listed : [] },
      { label: t('chats.archived'), chatIds: isSearching || archiveOpen ? archived : [] },
    ]
    return sections.filter(({ chatIds }) => chatIds.length > 0)
  }, [t, listed, archived, isSearching, archiveOpen])
}

/** The chat list with filter, archive, connection status and notices. */
export function ChatsPane({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const [query, setQuery] = useState('')
  const [archiveOpen, setArchiveOpen] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const openChatId = useAppStore((state) => state.navigation.openChatId)
  const isUpdateReady = useAppStore(({ updates }) => updates?.state === 'ready')
  const status = <ConnectionStatus />

  const searching = query.trim() !== ''
  const chosen = useAppStore((state) => state.navigation.chatFilter)
  const hasChats = useAppStore(({ chats }) => chats.size > 0)
  // The archive shows all its chats.
  const filter = archiveOpen ? 'all' : chosen
  const sections = useSections({ me, query, filter }, archiveOpen)
  const anyArchived = useAppStore(({ chats }) => hasArchived(chats))

  const newChat = (): void => app.navigate({ pane: 'newChat' })

  const openArchive = (): void => {
    flushSync(() => setArchiveOpen(true))
    focusChatRow()
  }
  const closeArchive = (): void => {
    flushSync(() => setArchiveOpen(false))
    focusArchiveRow()
  }
  const archiveRow =
    archiveOpen || searching || filter !== 'all' || !anyArchived ? null : (
      <ArchiveRow me={me} onOpen={openArchive} />
    )

  const filterCommands: Commands<'search'> = {
    firstResult() {
      const row = list.current?.querySelector('[data-chat-id]')
      if (!searching || !(row instanceof HTMLElement)) return false
      row.click()
      return true
    },
    toResults: () => focusArchiveRow() || focusChatRow(),
    clearSearch() {
      if (query === '') return false
      setQuery('')
      return true
    },
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves the archive
    <section
      // A snapshot of this list is shown by the next start.
      data-whole-list={(!archiveOpen && !searching && filter === 'all') || undefined}
      className={styles['pane']}
      aria-label={t(archiveOpen ? 'chats.archived' : 'chats.title')}
      onKeyDown={({ nativeEvent }) => {
        if (archiveOpen && !nativeEvent.defaultPrevented) runShortcut(nativeEvent, { back: closeArchive })
      }}
    >
      {archiveOpen ? (
        <PaneHeader
          title={t('chats.archived')}
          status={status}
          back={{ label: t('app.back'), shortcut: shortcuts.back.keys, onBack: closeArchive }}
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
          onKeyDown={({ nativeEvent }) => runShortcut(nativeEvent, filterCommands)}
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
      {hasChats && !archiveOpen && <FilterChips />}
      <SetAsideNotice />
      <Suspense fallback={null}>{isUpdateReady && <UpdateNotice />}</Suspense>
      <ProxyStatus />
      <div ref={list} className={styles['list']}>
        {sections.length > 0 ? (
          <ChatList
            sections={sections}
            withHeadings={searching}
            header={archiveRow}
            me={me}
            openChatId={openChatId}
            onLeaveUp={() => focusArchiveRow() || focusChatFilter()}
          />
        ) : (
          <>
            {archiveRow}
            <NoChats
              query={query.trim()}
              filter={filter}
              archiveOpen={archiveOpen}
              hasArchived={anyArchived}
              onNewChat={newChat}
            />
          </>
        )}
      </div>
    </section>
  )
}
