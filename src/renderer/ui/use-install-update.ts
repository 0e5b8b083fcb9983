import { useTranslation } from 'react-i18next'
import type { InstallAnswer } from '#shared/bridge/updates.ts'
import { notify } from './toasts.ts'
import { useShowError } from './use-show-error.ts'

/** Returns a function that restarts the app with the version that is ready, or says why that has to wait. */
export function useInstallUpdate(installUpdate: () => Promise<InstallAnswer>): () => void {
  const { t } = useTranslation()
  const showError = useShowError()
  return () => {
    installUpdate()
      .then((answer) => {
        if (answer !== 'restarts' && answer !== 'none') notify(t(`updates.wait.${answer}`))
      })
      .catch(showError)
  }
}
