import { Suspense, useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ChatsPane } from '../features/chats/ChatsPane.tsx'
import { Conversation } from '../features/conversation/Conversation.tsx'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { lazyPart, preloadParts } from '../ui/lazy-part.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'
import styles from './Messenger.module.css'
import { Rail } from './Rail.tsx'
import { useCommands } from './use-commands.ts'
import { useUnread } from './use-unread.ts'

const NewChat = lazyPart(async () => (await import('../features/people/NewChat.tsx')).NewChat)
const Details = lazyPart(async () => (await import('../features/people/Details.tsx')).Details)
const Settings = lazyPart(async () => (await import('../features/settings/Settings.tsx')).Settings)
const MarkAllRead = lazyPart(async () => (await import('./MarkAllRead.tsx')).MarkAllRead)
const ShortcutSheet = lazyPart(async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet)

/**
 * The window after sign-in: rail, side pane, conversation and optional details. It does not render again when chats or
 * messages change.
 */
export function Messenger({ me, phone }: { me: UserId; phone: Phone }) {
  const { t } = useTranslation()
  const [sheetOpen, setSheetOpen] = useState(false)
  const navigation = useAppStore((state) => state.navigation)
  useFirstInput()
  usePreload()
  const [askingMarkAllRead, setAskingMarkAllRead] = useState(false)
  useShortcuts(
    useCommands({
      me,
      showSheet: () => setSheetOpen(true),
      askMarkAllRead: () => setAskingMarkAllRead(true),
    }),
  )

  const chatOpen = navigation.openChatId !== null
  const detailsOpen = chatOpen && navigation.detailsOpen
  return (
    <div
      className={styles['window']}
      // The pane that a narrow window shows.
      data-front={chatOpen && navigation.pane === 'chats' ? 'conversation' : 'side'}
    >
      <WindowTitle me={me} />
      <Rail me={me} />
      <main className={styles['panes']}>
        <VisuallyHidden>
          <h1>{t('app.name')}</h1>
        </VisuallyHidden>
        <div className={styles['side']} data-pane>
          <Pane name="side" resetKey={navigation.pane}>
            {navigation.pane === 'chats' && <ChatsPane me={me} />}
            {navigation.pane === 'newChat' && <NewChat me={me} />}
            {navigation.pane === 'settings' && (
              <Settings me={me} phone={phone} onShowShortcuts={() => setSheetOpen(true)} />
            )}
          </Pane>
        </div>
        <div className={styles['conversation']} data-pane>
          <Pane name="conversation" resetKey={navigation.openChatId}>
            <Conversation />
          </Pane>
        </div>
        {detailsOpen && (
          <div className={styles['details']} data-pane>
            <Pane name="details" resetKey={navigation.openChatId}>
              <Details me={me} />
            </Pane>
          </div>
        )}
      </main>
      <Suspense fallback={null}>
        {sheetOpen && <ShortcutSheet onClose={() => setSheetOpen(false)} />}
        {askingMarkAllRead && <MarkAllRead me={me} onClose={() => setAskingMarkAllRead(false)} />}
      </Suspense>
    </div>
  )
}

/** One part of the window with its own error boundary. Blank while its code loads. */
function Pane({ name, resetKey, children }: { name: string; resetKey: string | null; children: ReactNode }) {
  return (
    <ErrorBoundary name={name} resetKey={resetKey} fallback={(retry) => <ErrorNotice onRetry={retry} />}>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function WindowTitle({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const unread = useUnread(me)
  useEffect(() => {
    document.title = unread > 0 ? t('app.unreadTitle', { count: unread }) : t('app.name')
  }, [unread, t])
  return null
}

/** Loads the emoji font and the code of the panes when the list is painted, so that none of them opens blank. */
function usePreload(): void {
  const { app } = useServices()
  useEffect(() => {
    const load = async (): Promise<void> => {
      // Windows and macOS have colour emoji. On Linux it depends on the distribution.
      if (app.platform === 'linux') await import('../ui/emoji-font.ts')
      await preloadParts()
    }
    load().catch((error: unknown) => app.report('preload', error))
  }, [app])
}

/** After a link has opened the window, reports the first input of the person. */
function useFirstInput(): void {
  const { app } = useServices()
  const isWaiting = useAppStore((state) => state.openedByLink)
  useEffect(() => {
    if (!isWaiting) return undefined
    const events = ['keydown', 'pointerdown', 'wheel'] as const
    for (const name of events)
      window.addEventListener(name, app.reportInput, { capture: true, passive: true })
    return () => {
      for (const name of events) window.removeEventListener(name, app.reportInput, { capture: true })
    }
  }, [isWaiting, app])
}
