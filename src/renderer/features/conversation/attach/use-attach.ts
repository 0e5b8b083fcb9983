import { useCallback } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../../services/use-services.ts'
import type { DroppedFile } from '../../../ui/dropped-files.ts'
import { useShowError } from '../../../ui/use-show-error.ts'

/** Returns a function that stages files in the chat, which shows the sheet. */
export function useAttach(chatId: ChatId): (files: readonly DroppedFile[]) => void {
  const { attachments } = useServices()
  const showError = useShowError()
  return useCallback(
    (files) => {
      if (files.length > 0) attachments().then((service) => service.add(chatId, files), showError)
    },
    [attachments, chatId, showError],
  )
}
