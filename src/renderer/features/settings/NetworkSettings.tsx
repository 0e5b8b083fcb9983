import { useProxy } from '../../services/network/use-proxy.ts'
import { ProxyForm } from '../../ui/network/ProxyForm.tsx'

export function NetworkSettings() {
  const proxy = useProxy()
  return proxy && <ProxyForm {...proxy} />
}
