import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useInstallUpdate } from '../../ui/use-install-update.ts'

/** The version that the person does not want to be told about again. */
let dismissedVersion: string | undefined

/** Shown when a new version is ready to be installed. */
export function UpdateNotice() {
  const { t } = useTranslation()
  const { app } = useServices()
  const version = useAppStore(({ updates }) => (updates?.state === 'ready' ? updates.version : undefined))
  const [dismissed, setDismissed] = useState(dismissedVersion)
  const install = useInstallUpdate(app.installUpdate)
  if (version === undefined || version === dismissed) return null
  const dismiss = (): void => {
    dismissedVersion = version
    setDismissed(version)
  }
  return (
    <Notice
      action={
        <>
          <Button variant="ghost" onClick={install}>
            {t('updates.restartShort')}
          </Button>
          <IconButton label={t('updates.dismiss')} onClick={dismiss}>
            <X size={16} aria-hidden />
          </IconButton>
        </>
      }
    >
      {t('updates.ready', { version })}
    </Notice>
  )
}
