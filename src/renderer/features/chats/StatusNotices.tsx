import { CloudOff, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** How the connection stands, and what happened to the replica at start. */
export function StatusNotices() {
  const { t } = useTranslation()
  const { session } = useServices()
  const connection = useAppStore((state) => state.connection)
  const setAside = useAppStore((state) => state.setAside)
  return (
    <>
      {setAside !== null && (
        <Notice
          tone="warning"
          action={
            <IconButton label={t('chats.dismiss')} onClick={() => session.dismissSetAside()}>
              <X size={16} aria-hidden />
            </IconButton>
          }
        >
          {t(setAside.reason === 'newer' ? 'chats.setAsideNewer' : 'chats.setAsideCorrupt', {
            file: displayLine(setAside.file, 100),
          })}
        </Notice>
      )}
      {connection === 'offline' && (
        <Notice icon={<CloudOff size={16} aria-hidden />}>{t('chats.offline')}</Notice>
      )}
    </>
  )
}
