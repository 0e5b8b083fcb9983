import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { useServices } from '../../../services/use-services.ts'
import { notify } from '../../../ui/toasts.ts'
import { useShowError } from '../../../ui/use-show-error.ts'

/**
 * Returns a function that frees the space of one chat, or of all (null), and says how much that was. `forGood`: its files cannot be
 * downloaded again.
 */
export function useFree(onFreed: () => void): (chatId: ChatId | null, forGood?: boolean) => void {
  const { t, i18n } = useTranslation()
  const { storage } = useServices()
  const showError = useShowError()
  return (chatId, forGood = false) => {
    storage()
      .then((service) => service.free(chatId))
      .then(({ files, size }) => {
        const freed = displaySize(size, i18n.language)
        if (files === 0) notify(t('storage.nothingFreed'))
        else
          notify(forGood ? t('storage.freedForGood', { size: freed }) : t('storage.freed', { size: freed }))
        onFreed()
      })
      .catch(showError)
  }
}
