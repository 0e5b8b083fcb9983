import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createFileActions, type FileActions } from '../../services/media/file-actions.ts'
import { useServices } from '../../services/use-services.ts'
import { fileNotices } from '../../ui/media/file-notices.ts'
import { useShowError } from '../../ui/use-show-error.ts'

/** What the person does with files, with toasts for what went wrong. */
export function useFileActions(): FileActions {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  return useMemo(
    () =>
      createFileActions({
        services,
        onError: showError,
        ...fileNotices(t),
      }),
    [services, showError, t],
  )
}
