import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './MessageList.module.css'
import { useConversationState } from './use-conversation-state.ts'

/** Shown above the first row while older messages are loading, and after loading has failed. */
export function OlderPages({ chatId }: { chatId: ChatId }) {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  const { loadingOlder, olderFailed } = useConversationState(chatId)
  if (!loadingOlder && !olderFailed) return null
  return (
    <div className={styles['older']} role="status">
      {loadingOlder ? t('conversation.loadingOlder') : t('conversation.olderFailed')}
      {!loadingOlder && (
        <Button onClick={() => void services.conversation.loadOlder().catch(showError)}>
          {t('app.tryAgain')}
        </Button>
      )}
    </div>
  )
}
