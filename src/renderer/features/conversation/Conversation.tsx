import { Suspense, useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { PaneHeader } from '../../ui/PaneHeader.tsx'
import styles from './Conversation.module.css'
import { usePeer } from './use-peer.ts'

const OpenChat = lazyPart(async () => (await import('./OpenChat.tsx')).OpenChat)

/** The pane of the open chat, which is the store's `openChatId`. `whenClosed` is shown while no chat is open. */
export function Conversation({ whenClosed }: { whenClosed: ReactNode }) {
  const { t } = useTranslation()
  const chatId = useAppStore((state) => state.navigation.openChatId)
  const me = useAppStore((state) => (state.session.phase === 'ready' ? state.session.me : null))
  useFlushDrafts()

  return (
    <section className={styles['pane']} aria-label={t('conversation.pane')}>
      {chatId === null || me === null ? (
        whenClosed
      ) : (
        <Suspense fallback={<Opening chatId={chatId} me={me} />}>
          <OpenChat key={chatId} chatId={chatId} me={me} />
        </Suspense>
      )}
    </section>
  )
}

/** Shown while the code of an open chat loads. */
function Opening({ chatId, me }: { chatId: ChatId; me: UserId }) {
  const { t } = useTranslation()
  const { conversation } = useServices()
  const { name } = usePeer(chatId, me)
  return (
    <PaneHeader
      title={name}
      back={{ label: t('app.back'), onBack: () => conversation.close(), narrowOnly: true }}
    />
  )
}

/** Saves drafts at once when the window loses the focus, the page ends or this pane is left. */
function useFlushDrafts(): void {
  const { conversation } = useServices()
  useEffect(() => {
    const flush = (): void => void conversation.flushDrafts()
    window.addEventListener('blur', flush)
    window.addEventListener('pagehide', flush)
    return () => {
      flush()
      window.removeEventListener('blur', flush)
      window.removeEventListener('pagehide', flush)
    }
  }, [conversation])
}
