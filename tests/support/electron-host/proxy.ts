/**
 * Proxies. Chromium gets them from an extension of the host, because the debugging protocol cannot change the proxy of a running
 * browser. It is loaded with the first proxy, and only if ELECTRON_HOST_PROXY is set.
 */
import type * as E from 'electron'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { Agent, fetch as fetchWith, ProxyAgent, type Dispatcher } from 'undici'
import { app } from './app.ts'
import { browser } from './browser.ts'
import { hostEvent, trusted, warn } from './state.ts'
import { attachTo } from './targets.ts'

/** The pages of the app are on a server of the host, which Electron does not have. */
const OWN_PAGES = '*.localhost'

const manifest = {
  manifest_version: 3,
  name: 'Electron host',
  version: '1',
  permissions: ['proxy', 'webRequest', 'webRequestAuthProvider'],
  host_permissions: ['<all_urls>'],
  background: { service_worker: 'worker.js' },
}
const worker = `
const waiting = new Map()
function answer(id, credentials) {
  waiting.get(id)?.(credentials ? { authCredentials: credentials } : { cancel: true })
  waiting.delete(id)
}
chrome.webRequest.onAuthRequired.addListener((details, respond) => {
  const id = crypto.randomUUID()
  waiting.set(id, respond)
  const { isProxy, scheme, realm = '', challenger, url } = details
  hostLogin(JSON.stringify({ id, url, isProxy, scheme, realm, ...challenger }))
}, { urls: ['<all_urls>'] }, ['asyncBlocking'])
`

type Evaluate = (expression: string) => Promise<unknown>
let extension: Promise<Evaluate> | undefined

/** Resolves to a function that evaluates an expression in the extension. */
async function loadExtension(): Promise<Evaluate> {
  if (!process.env['ELECTRON_HOST_PROXY']) {
    throw new Error('electron-host: set ELECTRON_HOST_PROXY to use a proxy')
  }
  const path = join(app.getPath('userData'), '.host-proxy')
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(path, 'worker.js'), worker)
  const { id } = await browser().send('Extensions.loadUnpacked', { path })
  const sessionId = await attachTo(`chrome-extension://${id}/worker.js`)
  const evaluate: Evaluate = async (expression) => {
    const options = { expression, awaitPromise: true, returnByValue: true }
    const { result, exceptionDetails } = await browser().send('Runtime.evaluate', options, sessionId)
    if (exceptionDetails) throw new Error(`electron-host: ${exceptionDetails.text}`)
    return trusted<unknown>(result.value)
  }
  browser().on('Runtime.bindingCalled', ({ payload }) => onLogin(payload, evaluate), sessionId)
  await browser().send('Runtime.enable', {}, sessionId)
  await browser().send('Runtime.addBinding', { name: 'hostLogin' }, sessionId)
  return evaluate
}

function onLogin(payload: string, evaluate: Evaluate): void {
  const { id, url, ...info } = trusted<E.AuthInfo & { id: string; url: string }>(JSON.parse(payload))
  askApp(url, info, (credentials) => {
    evaluate(`answer(${JSON.stringify(id)}, ${JSON.stringify(credentials)})`).catch(warn)
  })
}

/** Emits the app's `login`. Null: it gives no credentials. */
function askApp(
  url: string,
  info: E.AuthInfo,
  answer: (credentials: { username: string; password: string } | null) => void,
): void {
  const event = hostEvent()
  app.emit('login', event, null, { url, pid: 0 }, info, (username = '', password = '') => {
    answer(username === '' ? null : { username, password })
  })
  if (!event.defaultPrevented) answer(null)
}

/** Gives the proxy to the browser's default context. Resolves when its next request goes there. */
export async function setBrowserProxy(config: E.ProxyConfig): Promise<void> {
  // Chromium begins without a proxy: the host knows none of the system.
  if (extension === undefined && config.mode !== 'fixed_servers') return
  const evaluate = await (extension ??= loadExtension())
  const settings = 'chrome.proxy.settings'
  if (config.mode === 'system') await evaluate(`${settings}.clear({ scope: 'regular' })`)
  else await evaluate(`${settings}.set({ scope: 'regular', value: ${JSON.stringify(valueOf(config))} })`)
}

function valueOf({ mode, proxyRules = '', proxyBypassRules = '' }: E.ProxyConfig): unknown {
  if (mode === 'direct') return { mode }
  const { protocol, hostname, port } = new URL(proxyRules)
  const singleProxy = { scheme: protocol.slice(0, -1), host: hostname, port: Number(port) }
  return { mode, rules: { singleProxy, bypassList: [...proxyBypassRules.split(';'), OWN_PAGES] } }
}

/** The same proxy for a context that is yet to be created. */
export function contextProxy({ mode, proxyRules = '', proxyBypassRules = '' }: E.ProxyConfig): {
  proxyServer?: string
  proxyBypassList?: string
} {
  return mode === 'fixed_servers'
    ? { proxyServer: proxyRules, proxyBypassList: `${proxyBypassRules};${OWN_PAGES}` }
    : {}
}

/** Electron's answer for any URL. The host knows no proxy of the system. */
export function resolveProxy({ mode, proxyRules = '' }: E.ProxyConfig): string {
  if (mode !== 'fixed_servers') return 'DIRECT'
  const { protocol, host } = new URL(proxyRules)
  return protocol === 'http:' ? `PROXY ${host}` : `SOCKS5 ${host}`
}

/** `fetch` of the main process, through the proxy of a session. */
export class ProxiedFetch {
  #dispatcher: Dispatcher = new Agent()
  #config: E.ProxyConfig = {}
  #token: string | undefined

  async use(config: E.ProxyConfig): Promise<void> {
    this.#config = config
    this.#token = undefined
    await this.#renew()
  }

  /** Like Chromium, all later requests know the credentials of the proxy. */
  async signIn(username: string, password: string): Promise<void> {
    this.#token = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    await this.#renew()
  }

  async fetch(input: string | URL | Request, init: RequestInit): Promise<Response> {
    if (this.#config.mode !== 'fixed_servers') return fetch(input, init)
    const request = new Request(input, init)
    const body = request.body === null ? null : await request.arrayBuffer()
    const response = await fetchWith(
      request.url,
      trusted({
        ...{ method: request.method, headers: [...request.headers], body, redirect: request.redirect },
        ...{ signal: request.signal, dispatcher: this.#dispatcher },
      }),
    )
    return trusted<Response>(response)
  }

  /** Ends the connections, and the requests in flight. */
  async closeConnections(): Promise<void> {
    await this.#renew()
  }

  async #renew(): Promise<void> {
    const { mode, proxyRules = '' } = this.#config
    const old = this.#dispatcher
    this.#dispatcher =
      mode === 'fixed_servers'
        ? new ProxyAgent({ uri: proxyRules, ...(this.#token !== undefined && { token: this.#token }) })
        : new Agent()
    await old.destroy()
  }

  /** The proxy asks for credentials that this object does not have. */
  challengeOf(error: unknown): E.AuthInfo | null {
    const { mode, proxyRules = '' } = this.#config
    if (mode !== 'fixed_servers' || !inspect(error).includes('Proxy response (407)')) return null
    const { hostname, port } = new URL(proxyRules)
    return { isProxy: true, scheme: 'basic', host: hostname, port: Number(port), realm: '' }
  }
}
