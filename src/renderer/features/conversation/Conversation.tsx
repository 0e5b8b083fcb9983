import MessagesSquare from 'lucide-react/icons/messages-square'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import styles from './Conversation.module.css'

const OpenChat = lazyPart(async () => (await import('./OpenChat.tsx')).OpenChat)

/** The pane of the open chat, which is the store's `openChatId`. */
export function Conversation() {
  const { t } = useTranslation()
  const chatId = useAppStore((state) => state.navigation.openChatId)
  const me = useAppStore((state) => (state.session.phase === 'ready' ? state.session.me : null))
  useFlushDrafts()

  return (
    <section className={styles['pane']} aria-label={t('conversation.pane')}>
      {chatId === null || me === null ? (
        <div className={styles['none']}>
          <EmptyState
            icon={<MessagesSquare size={40} />}
            title={t('conversation.none')}
            text={t('conversation.noneText')}
          />
        </div>
      ) : (
        <OpenChat key={chatId} chatId={chatId} me={me} />
      )}
    </section>
  )
}

/** Saves drafts at once when the window loses the focus or the page ends. */
function useFlushDrafts(): void {
  const { conversation } = useServices()
  useEffect(() => {
    const flush = (): void => void conversation.flushDrafts()
    window.addEventListener('blur', flush)
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('blur', flush)
      window.removeEventListener('pagehide', flush)
    }
  }, [conversation])
}
