import { useTranslation } from 'react-i18next'
import type { ChatId, MessageId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useShowError } from '../../ui/use-show-error.ts'

interface DeleteDialogProps {
  chatId: ChatId
  id: MessageId
  onClose: () => void
}

/** Asks before a message is deleted for everyone. */
export function DeleteDialog({ chatId, id, onClose }: DeleteDialogProps) {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void outbox.add({ kind: 'deleteMessage', payload: { chatId, id } }).catch(showError)}
      title={t('conversation.deleteTitle')}
      text={t('conversation.deleteText')}
      confirmLabel={t('conversation.deleteConfirm')}
      cancelLabel={t('app.cancel')}
      danger
    />
  )
}
