import { z } from 'zod'

/* The proxy of this machine's settings. Its password is not part of it: only main knows that (main/network/proxy-password.ts). */

/** A name or an address, without brackets, port or scheme. Nothing that could change the meaning of a rule it is written into. */
export const proxyHostSchema = z.union([z.hostname().max(253), z.ipv4(), z.ipv6()])
export const proxyPortSchema = z.number().int().min(1).max(65_535)
/** Basic authentication separates user and password with a colon. */
export const proxyUserSchema = z.string().regex(/^[^:\p{Cc}]{1,200}$/u)
export const proxyPasswordSchema = z.string().regex(/^\P{Cc}{1,200}$/u)

const place = { mode: z.literal('manual'), host: proxyHostSchema, port: proxyPortSchema }

export const manualProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...place, kind: z.literal('http'), user: proxyUserSchema.nullable() }),
  /** Chromium does not sign in to a SOCKS proxy. */
  z.strictObject({ ...place, kind: z.literal('socks5') }),
])
export type ManualProxy = z.infer<typeof manualProxySchema>

export const proxySchema = z.union([
  z.strictObject({ mode: z.literal('system') }),
  z.strictObject({ mode: z.literal('none') }),
  manualProxySchema,
])
export type Proxy = z.infer<typeof proxySchema>

/** As a person reads it, and as part of a URL. */
export function proxyAddress({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}

export const userOf = (proxy: Proxy): string | null =>
  proxy.mode === 'manual' && proxy.kind === 'http' ? proxy.user : null

export const isSameProxy = (a: Proxy, b: Proxy): boolean =>
  JSON.stringify(keyOf(a)) === JSON.stringify(keyOf(b))

/** The order of the fields does not matter. */
function keyOf(proxy: Proxy): unknown[] {
  return proxy.mode === 'manual' ? [proxy.kind, proxy.host, proxy.port, userOf(proxy)] : [proxy.mode]
}
