import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../../services/use-services.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { notify } from '../../../ui/toasts.ts'
import { useShowError } from '../../../ui/use-show-error.ts'

/** Returns a function that removes what is staged in the chat, and offers to take that back. */
export function useRemoveAll(chatId: ChatId): () => void {
  const { t } = useTranslation()
  const { attachments } = useServices()
  const showError = useShowError()
  return () => {
    attachments().then((service) => {
      let removed: readonly StagedEntry[] = []
      service.change(chatId, (entries) => {
        // A file that is not read in yet cannot come back.
        removed = entries.filter(({ item }) => item !== null)
        return []
      })
      service.hide(chatId)
      if (removed.length === 0) return
      notify(t('attach.removed', { count: removed.length }), 'info', {
        label: t('app.undo'),
        run: () => service.change(chatId, (entries) => [...removed, ...entries]),
      })
    }, showError)
  }
}
