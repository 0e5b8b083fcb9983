import { Suspense, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { focusChatFilter, focusChatRow } from '../features/chats/chat-focus.ts'
import { arrangeChats, neighbour } from '../features/chats/chat-list.ts'
import { useServices } from '../services/use-services.ts'
import type { Navigation } from '../stores/app-store.ts'
import { useAppStore, useAppStoreApi } from '../stores/use-app-store.ts'
import { lazyPart, preloadParts } from '../ui/lazy-part.ts'
import type { ShortcutName } from '../ui/shortcuts.ts'
import { useShowError } from '../ui/use-show-error.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { ListResizer } from './ListResizer.tsx'
import { MainParts } from './MainParts.tsx'
import styles from './Messenger.module.css'
import { Rail } from './Rail.tsx'
import { SideParts } from './SideParts.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { useUnread } from './use-unread.ts'

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
  useShortcuts(useCommands(() => setSheetOpen(true)))

  const showSheet = (): void => setSheetOpen(true)
  return (
    <div className={styles['window']} data-front={frontPane(navigation)}>
      <WindowTitle me={me} />
      <Rail me={me} />
      <main className={styles['panes']}>
        <VisuallyHidden>
          <h1>{t('app.name')}</h1>
        </VisuallyHidden>
        <div className={styles['side']}>
          <SideParts me={me} phone={phone} />
        </div>
        <ListResizer />
        <div className={styles['main']}>
          <MainParts me={me} phone={phone} onShowShortcuts={showSheet} />
        </div>
      </main>
      <Suspense fallback={null}>
        {sheetOpen && <ShortcutSheet onClose={() => setSheetOpen(false)} />}
      </Suspense>
    </div>
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

/** Loads the code of the panes when the list is painted, so that none of them opens blank. */
function usePreload(): void {
  const { app } = useServices()
  useEffect(() => {
    preloadParts().catch((error: unknown) => app.report('preload', error))
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

const isNarrow = (): boolean => window.matchMedia('(width < 720px)').matches

/** Returns a function that runs the command of an app-wide shortcut. */
function useCommands(showSheet: () => void): (name: ShortcutName) => void {
  const { app, conversation } = useServices()
  const showError = useShowError()
  const store = useAppStoreApi()

  const switchChat = (step: 1 | -1): void => {
    const { chats, navigation } = store.getState()
    const chatId = neighbour(arrangeChats(chats, false), navigation.openChatId, step)
    if (chatId !== null) void conversation.open(chatId).catch(showError)
  }
  const goBack = (): void => {
    const { navigation } = store.getState()
    if (navigation.pane === 'settings' && navigation.settingsSection !== null && isNarrow())
      app.navigate({ settingsSection: null })
    else if (navigation.pane === 'settings') app.navigate({ pane: 'chats' })
    else if (navigation.detailsOpen && navigation.openChatId !== null) app.navigate({ detailsOpen: false })
    else if (navigation.pane !== 'chats') app.navigate({ pane: 'chats' })
    else if (navigation.openChatId !== null) {
      flushSync(() => conversation.close())
      focusChatRow()
    }
  }
  const commands: Readonly<Record<ShortcutName, () => void>> = {
    newChat: () => app.navigate({ pane: 'newChat' }),
    filter: () => {
      flushSync(() => app.navigate({ pane: 'chats' }))
      if (focusChatFilter()) return
      // A narrow window shows the open chat instead of the list.
      flushSync(() => conversation.close())
      focusChatFilter()
    },
    previous: () => switchChat(-1),
    next: () => switchChat(1),
    back: goBack,
    settings: () => app.navigate({ pane: 'settings' }),
    sheet: showSheet,
  }
  return (name) => commands[name]()
}
