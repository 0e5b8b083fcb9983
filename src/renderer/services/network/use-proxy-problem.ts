import { useEffect, useState } from 'react'
import type { ProxyVerdict } from '#shared/bridge/proxy.ts'
import type { ManualProxy } from '#shared/proxy.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'

const AGAIN_MS = 15_000

/** Why the server cannot be reached through the proxy of the settings. Null: there is no such problem. */
export function useProxyProblem(): {
  proxy: ManualProxy
  problem: Exclude<ProxyVerdict, 'works'>
} | null {
  const services = useServices()
  const isOffline = useAppStore(({ connection }) => connection === 'offline')
  const proxy = useAppStore(({ settings }) => (settings?.proxy.mode === 'manual' ? settings.proxy : null))
  const [found, setFound] = useState<{ of: ManualProxy; verdict: ProxyVerdict } | null>(null)
  useEffect(() => {
    if (!isOffline || proxy === null) return undefined
    let isCurrent = true
    const test = async (): Promise<void> => {
      const verdict = await (await services.proxy()).test(null).catch((): ProxyVerdict => 'works')
      if (isCurrent) setFound({ of: proxy, verdict })
    }
    void test()
    const timer = setInterval(() => void test(), AGAIN_MS)
    return () => {
      isCurrent = false
      clearInterval(timer)
    }
  }, [services, isOffline, proxy])
  if (!isOffline || found === null || found.of !== proxy || found.verdict === 'works') return null
  return { proxy, problem: found.verdict }
}
