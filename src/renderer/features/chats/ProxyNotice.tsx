import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { proxyAddress } from '#shared/proxy.ts'
import { useProxyProblem } from '../../services/network/use-proxy-problem.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Shown while the proxy of the settings is the reason for being offline. */
export function ProxyNotice() {
  const { t } = useTranslation()
  const { app } = useServices()
  const found = useProxyProblem()
  if (found === null) return null
  return (
    <Notice
      tone="warning"
      action={
        <Button onClick={() => app.navigate({ pane: 'settings', settingsSection: 'network' })}>
          {t('proxy.open')}
        </Button>
      }
    >
      {t(`proxy.problem.${found.problem}`, { address: isolated(proxyAddress(found.proxy)) })}
    </Notice>
  )
}
