import { useTranslation } from 'react-i18next'
import { useProxy } from '../../services/network/use-proxy.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ProxyForm } from '../../ui/network/ProxyForm.tsx'

/** For people who cannot even sign in without a proxy. */
export function ProxyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const proxy = useProxy()
  return (
    <Dialog open onClose={onClose} title={t('settings.network')} closeLabel={t('app.close')}>
      {proxy && <ProxyForm {...proxy} />}
    </Dialog>
  )
}
