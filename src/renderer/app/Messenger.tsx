import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chatIdSchema, type Phone, type UserId } from '#shared/domain/ids.ts'
import { takeEarlyClick } from '../platform/list-snapshot.ts'
import { useServices } from '../services/use-services.ts'
import type { Navigation } from '../stores/app-store.ts'
import { useAppStore, useAppStoreApi } from '../stores/use-app-store.ts'
import { lazyPart, preloadParts } from '../ui/lazy-part.ts'
import { useShowError } from '../ui/use-show-error.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { ListResizer } from './ListResizer.tsx'
import { MainParts } from './MainParts.tsx'
import styles from './Messenger.module.css'
import { Rail } from './Rail.tsx'
import { SideParts } from './SideParts.tsx'
import { useCommands } from './use-commands.ts'
import { useUnread } from './use-unread.ts'

const FileDrops = lazyPart(async () => (await import('./FileDrops.tsx')).FileDrops)
const MarkAllRead = lazyPart(async () => (await import('./MarkAllRead.tsx')).MarkAllRead)
const OpenedFiles = lazyPart(async () => (await import('./OpenedFiles.tsx')).OpenedFiles)
const JoinDialog = lazyPart(async () => (await import('../features/people/JoinDialog.tsx')).JoinDialog)
const ForwardDialog = lazyPart(
  async () => (await import('../features/people/ForwardDialog.tsx')).ForwardDialog,
)
const PlayerBar = lazyPart(async () => (await import('./PlayerBar.tsx')).PlayerBar)
const Viewer = lazyPart(async () => (await import('../features/media/Viewer.tsx')).Viewer)
const ShortcutSheet = lazyPart(async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet)

/**
 * The window after sign-in: rail, side pane, conversation and optional details. It does not render again when chats or
 * messages change.
 */
export function Messenger({ me, phone }: { me: UserId; phone: Phone }) {
  const { t } = useTranslation()
  const [sheetOpen, setSheetOpen] = useState(false)
  const navigation = useAppStore((state) => state.navigation)
  const hasOpenedFiles = useAppStore((state) => state.filesOpened > 0)
  useFirstInput()
  usePreload(me)
  useEarlyClick()
  const showSheet = (): void => setSheetOpen(true)
  const [askingMarkAllRead, setAskingMarkAllRead] = useState(false)
  useShortcuts(
    useCommands({
      me,
      showSheet,
      askMarkAllRead: () => setAskingMarkAllRead(true),
    }),
  )

  return (
    <div className={styles['window']} data-front={frontPane(navigation)}>
      <WindowTitle me={me} />
      <Rail me={me} />
      <div className={styles['column']}>
        <Playing />
        <main className={styles['panes']}>
          <VisuallyHidden>
            <h1>{t('app.name')}</h1>
          </VisuallyHidden>
          <div className={styles['side']} data-pane>
            <SideParts me={me} phone={phone} />
          </div>
          <ListResizer />
          <div className={styles['main']}>
            <MainParts me={me} phone={phone} onShowShortcuts={showSheet} />
          </div>
        </main>
      </div>
      <Suspense fallback={null}>
        <FileDrops me={me} />
      </Suspense>
      <Suspense fallback={null}>
        {sheetOpen && <ShortcutSheet onClose={() => setSheetOpen(false)} />}
        {navigation.invite !== null && <JoinDialog key={navigation.invite.code} invite={navigation.invite} />}
        {navigation.viewed !== null && (
          <Viewer key={navigation.viewed.id} me={me} viewed={navigation.viewed} />
        )}
        {navigation.forwarded !== null && <ForwardDialog me={me} message={navigation.forwarded} />}
        {hasOpenedFiles && <OpenedFiles me={me} />}
        {askingMarkAllRead && <MarkAllRead me={me} onClose={() => setAskingMarkAllRead(false)} />}
      </Suspense>
    </div>
  )
}

/** What is played while its message cannot be seen. */
function Playing() {
  const isShown = useAppStore(({ player }) => player !== null && !player.inView)
  return (
    isShown && (
      <Suspense fallback={null}>
        <PlayerBar />
      </Suspense>
    )
  )
}

/** The part that a narrow window shows. */
function frontPane({ pane, openChatId, settingsSection }: Navigation): 'side' | 'main' {
  const isMain = pane === 'settings' ? settingsSection !== null : pane === 'chats' && openChatId !== null
  return isMain ? 'main' : 'side'
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
function usePreload(me: UserId): void {
  const { app } = useServices()
  const store = useAppStoreApi()
  useEffect(() => {
    let stop: (() => void) | undefined
    let isMounted = true
    const load = async (): Promise<void> => {
      // Windows and macOS have colour emoji. On Linux it depends on the distribution.
      if (app.platform === 'linux') await import('../ui/emoji-font.ts')
      const { keepListSnapshot } = await import('./keep-list-snapshot.ts')
      if (isMounted) stop = keepListSnapshot(store, me)
      await preloadParts()
    }
    load().catch((error: unknown) => app.report('preload', error))
    return () => {
      isMounted = false
      stop?.()
    }
  }, [app, store, me])
}

/** Opens the chat that was clicked before the app had started. */
function useEarlyClick(): void {
  const { conversation } = useServices()
  const showError = useShowError()
  const store = useAppStoreApi()
  useEffect(() => {
    const chatId = chatIdSchema.safeParse(takeEarlyClick()).data
    if (chatId !== undefined && store.getState().chats.has(chatId)) conversation.open(chatId).catch(showError)
  }, [conversation, showError, store])
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
