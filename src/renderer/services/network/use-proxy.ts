import { useCallback, useEffect, useState } from 'react'
import type { ProxyPasswordState } from '#shared/bridge/proxy.ts'
import { defaultSettings } from '#shared/settings.ts'
import type { Proxy } from '#shared/proxy.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import type { ProxyService } from '../services.ts'
import { useServices } from '../use-services.ts'

/** The proxy of the settings, and what can be done with it. Null: not loaded yet. */
export function useProxy(): {
  proxy: Proxy
  passwordState: ProxyPasswordState
  onSave: (change: Parameters<ProxyService['set']>[0]) => Promise<void>
  onTest: ProxyService['test']
} | null {
  const services = useServices()
  const proxy = useAppStore(({ settings }) => settings?.proxy ?? defaultSettings.proxy)
  const [passwordState, setPasswordState] = useState<ProxyPasswordState | null>(null)
  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<ProxyPasswordState> => (await services.proxy()).password()
    load().then(
      (state) => isCurrent && setPasswordState(state),
      () => isCurrent && setPasswordState('none'),
    )
    return () => {
      isCurrent = false
    }
  }, [services])
  const onSave = useCallback(
    async (change: Parameters<ProxyService['set']>[0]) => {
      setPasswordState(await (await services.proxy()).set(change))
    },
    [services],
  )
  const onTest = useCallback<ProxyService['test']>(
    async (change) => (await services.proxy()).test(change),
    [services],
  )
  return passwordState === null ? null : { proxy, passwordState, onSave, onTest }
}
