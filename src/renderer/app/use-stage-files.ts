import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { mayPost } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStoreApi } from '../stores/use-app-store.ts'
import type { DroppedFile } from '../ui/dropped-files.ts'
import { notify } from '../ui/toasts.ts'
import { useShowError } from '../ui/use-show-error.ts'

/** Returns a function that opens a chat with these files staged, if the person may write there. */
export function useStageFiles(me: UserId): (chatId: ChatId, files: readonly DroppedFile[]) => void {
  const { t } = useTranslation()
  const { attachments, conversation } = useServices()
  const store = useAppStoreApi()
  const showError = useShowError()
  return useCallback(
    (chatId, files) => {
      const stage = async (): Promise<void> => {
        const { chats, people } = store.getState()
        const chat = chats.get(chatId)
        if (chat === undefined || !mayPost(chat, people, me)) {
          notify(t('attach.notAllowed'), 'error')
          return
        }
        await conversation.open(chatId)
        const service = await attachments()
        service.add(chatId, files)
      }
      stage().catch(showError)
    },
    [attachments, conversation, me, showError, store, t],
  )
}
