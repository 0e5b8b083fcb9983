import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import { isUnread } from '#shared/domain/chat.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStoreApi } from '../stores/use-app-store.ts'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { useShowError } from '../ui/use-show-error.ts'

/** Asks before all chats are marked as read: others see it as receipts, and it cannot be undone. */
export function MarkAllRead({ me, onClose }: { me: UserId; onClose: () => void }) {
  const { t } = useTranslation()
  const { chats: service } = useServices()
  const showError = useShowError()
  const store = useAppStoreApi()
  const markAll = async (): Promise<void> => {
    const unread = [...store.getState().chats.values()].filter((chat) => isUnread(chat, me))
    await Promise.all(unread.map(({ id }) => service.markRead(id)))
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void markAll().catch(showError)}
      title={t('chats.markAllReadTitle')}
      text={t('chats.markAllReadText')}
      confirmLabel={t('chats.markAllRead')}
      cancelLabel={t('app.cancel')}
    />
  )
}
