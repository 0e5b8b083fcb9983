import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { ProxyPasswordState } from '#shared/bridge/proxy.ts'
import { isSameProxy, manualProxySchema, proxyPasswordSchema, userOf, type Proxy } from '#shared/proxy.ts'
import type { Secrets } from '../security/key-store.ts'
import type { Credentials } from './tunnel.ts'

/** The password is kept with the proxy that it is for: another one, whoever has set it, never gets it. */
const storedSchema = z.strictObject({ proxy: manualProxySchema, password: proxyPasswordSchema })
type Stored = z.infer<typeof storedSchema>

export interface ProxyPassword {
  /** Null: there is none for this proxy. */
  get(proxy: Proxy): string | null
  state(proxy: Proxy): ProxyPasswordState
  /** Replaces it; null: forgets it. Where the system has no key store, it is kept in memory only. */
  set(proxy: Proxy, password: string | null): void
}

interface Options {
  file: string
  secrets: Secrets
  onError: (event: string, error: unknown) => void
}

export function openProxyPassword({ file, secrets, onError }: Options): ProxyPassword {
  let kept: Stored | null = null
  let state: ProxyPasswordState = 'none'
  /** Read on first use: the system may ask the person whether it may. */
  let isRead = false

  function read(): void {
    if (isRead) return
    isRead = true
    try {
      kept = storedSchema.parse(JSON.parse(secrets.decrypt(readFileSync(file))))
      state = 'stored'
    } catch (error) {
      // An error of the parser can quote the password.
      if (!isMissing(error)) onError('could not read the password of the proxy', undefined)
    }
  }

  function write(stored: Stored): void {
    try {
      writeFileSync(`${file}.new`, secrets.encrypt(JSON.stringify(stored)), { mode: 0o600 })
      renameSync(`${file}.new`, file)
      state = 'stored'
    } catch {
      rmSync(file, { force: true })
      state = 'memory'
    }
  }

  return {
    get(proxy) {
      read()
      return kept !== null && isSameProxy(kept.proxy, proxy) ? kept.password : null
    },
    state(proxy) {
      return this.get(proxy) === null ? 'none' : state
    },
    set(proxy, password) {
      isRead = true
      if (proxy.mode === 'manual' && password !== null) {
        kept = { proxy, password }
        write(kept)
      } else {
        kept = null
        rmSync(file, { force: true })
      }
    },
  }
}

/** User and password of a proxy. `given`: instead of the stored password. */
export function credentialsFor(
  proxy: Proxy,
  stored: Pick<ProxyPassword, 'get'>,
  given = stored.get(proxy),
): Credentials | null {
  const user = userOf(proxy)
  return user === null || given === null ? null : { user, password: given }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
