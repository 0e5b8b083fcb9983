import CloudOff from 'lucide-react/icons/cloud-off'
import X from 'lucide-react/icons/x'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated } from '#shared/domain/display-text.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Shows the state of the connection, and nothing while online. */
export function ConnectionStatus() {
  const { t } = useTranslation()
  const connection = useAppStore((state) => state.connection)
  if (connection === 'connecting') return t('chats.connecting')
  if (connection === 'slow') return t('chats.slow')
  if (connection !== 'offline') return null
  return (
    <>
      <CloudOff size={14} aria-hidden />
      {t('chats.offline')}
    </>
  )
}

const ProxyNotice = lazyPart(async () => (await import('./ProxyNotice.tsx')).ProxyNotice)

/** Only few people have set a proxy, so its notice is not part of the first load. */
export function ProxyStatus() {
  const hasProxy = useAppStore(({ settings }) => settings?.proxy.mode === 'manual')
  return (
    hasProxy && (
      <Suspense fallback={null}>
        <ProxyNotice />
      </Suspense>
    )
  )
}

/** Shown when the replica was set aside at the start, because it was corrupt or from a newer version. */
export function SetAsideNotice() {
  const { t } = useTranslation()
  const { session } = useServices()
  const setAside = useAppStore((state) => state.setAside)
  if (setAside === null) return null
  return (
    <Notice
      tone="warning"
      action={
        <IconButton label={t('chats.dismiss')} onClick={() => session.dismissSetAside()}>
          <X size={16} aria-hidden />
        </IconButton>
      }
    >
      {t(setAside.reason === 'newer' ? 'chats.setAsideNewer' : 'chats.setAsideCorrupt')}
      <details>
        <summary>{t('chats.setAsideDetails')}</summary>
        {t('chats.setAsideFile', { file: isolated(displayLine(setAside.file, 100)) })}
      </details>
    </Notice>
  )
}
