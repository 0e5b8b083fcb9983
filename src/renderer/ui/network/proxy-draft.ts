import type { ManualProxy } from '#shared/proxy.ts'
import {
  proxyHostSchema,
  proxyPasswordSchema,
  proxyPortSchema,
  proxyUserSchema,
  userOf,
  type Proxy,
} from '#shared/proxy.ts'

/** The fields as they are typed. */
export interface ProxyDraft {
  kind: ManualProxy['kind']
  host: string
  port: string
  user: string
  /** Empty: the stored one stays. */
  password: string
}

export type ProxyField = 'host' | 'port' | 'user' | 'password'

export function draftOf(proxy: Proxy): ProxyDraft {
  const { kind, host, port } =
    proxy.mode === 'manual' ? proxy : ({ kind: 'http', host: '', port: '' } as const)
  return { kind, host, port: String(port), user: userOf(proxy) ?? '', password: '' }
}

/** Returns the proxy, or the fields that cannot be used. */
export function readDraft(
  draft: ProxyDraft,
): { proxy: ManualProxy; password?: string } | { wrong: ReadonlySet<ProxyField> } {
  const { kind } = draft
  const typed = draft.host.trim()
  // As it stands in a URL.
  const host = proxyHostSchema.safeParse(/^\[.*\]$/u.test(typed) ? typed.slice(1, -1) : typed.toLowerCase())
  const port = proxyPortSchema.safeParse(/^\s*\d+\s*$/u.test(draft.port) ? Number(draft.port) : undefined)
  const user = draft.user === '' ? { success: true, data: null } : proxyUserSchema.safeParse(draft.user)
  const password =
    draft.password === '' ? { success: true, data: undefined } : proxyPasswordSchema.safeParse(draft.password)
  const signsIn = kind === 'http'
  if (host.success && port.success && !signsIn)
    return { proxy: { mode: 'manual', kind, host: host.data, port: port.data } }
  if (host.success && port.success && user.data !== undefined && password.success)
    return {
      proxy: { mode: 'manual', kind: 'http', host: host.data, port: port.data, user: user.data },
      ...(password.data !== undefined && { password: password.data }),
    }
  return {
    wrong: new Set<ProxyField>([
      ...(host.success ? [] : ['host' as const]),
      ...(port.success ? [] : ['port' as const]),
      ...(user.success || !signsIn ? [] : ['user' as const]),
      ...(password.success || !signsIn ? [] : ['password' as const]),
    ]),
  }
}
