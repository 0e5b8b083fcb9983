/** Sessions, their protocol handlers and permissions, and net.fetch. */
import type * as E from 'electron'
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app } from './app.ts'
import { browser } from './browser.ts'
import { contextProxy, ProxiedFetch, resolveProxy, setBrowserProxy } from './proxy.ts'
import { host, type Has } from './state.ts'

type Handler = (request: Request) => Response | Promise<Response>
type FetchOptions = RequestInit & { bypassCustomProtocolHandlers?: boolean }

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wasm': 'application/wasm',
}

/** Schemes registered as privileged. Chromium loads them as http (see url-map.ts). */
export const ownSchemes = new Set<string>()

class Protocol implements Has<E.Protocol, 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, Handler>()

  registerSchemesAsPrivileged(schemes: E.CustomScheme[]): void {
    if (host.ready) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    }
    for (const { scheme } of schemes) ownSchemes.add(scheme)
  }

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme '${scheme}' is already handled`)
    this.#handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  handlerOf(url: string): Handler | undefined {
    return this.#handlers.get(url.slice(0, url.indexOf(':')))
  }
}

/** A page of a session. */
interface SessionPage {
  /** The origins that it has shown. */
  origins: ReadonlySet<string>
  clear: (origin: string) => Promise<unknown>
}

export class Session
  extends EventEmitter
  implements
    Has<
      E.Session,
      | 'clearStorageData'
      | 'availableSpellCheckerLanguages'
      | 'setSpellCheckerEnabled'
      | 'isSpellCheckerEnabled'
      | 'setSpellCheckerLanguages'
      | 'getSpellCheckerLanguages'
      | 'addWordToSpellCheckerDictionary'
      | 'listWordsInSpellCheckerDictionary'
    >
{
  readonly pages = new Set<SessionPage>()
  readonly protocol = new Protocol()
  /** The listeners are never called. Set headers in the protocol handler instead. */
  readonly webRequest = {
    onBeforeRequest: () => {},
    onHeadersReceived: () => {},
    onBeforeSendHeaders: () => {},
  }
  /** The request handler decides about the microphone and the camera. The host grants nothing else, and never calls the check handler. */
  permissionRequestHandler: Parameters<E.Session['setPermissionRequestHandler']>[0] = null
  permissionCheckHandler: Parameters<E.Session['setPermissionCheckHandler']>[0] = null
  /** The host checks no spelling: it only remembers. */
  readonly availableSpellCheckerLanguages = ['de', 'en-GB', 'en-US', 'fr']
  #spellCheckerEnabled = true
  readonly #words = new Set<string>()
  #spellCheckerLanguages = ['en-US']
  readonly isDefault: boolean
  readonly network = new ProxiedFetch()
  #proxy: E.ProxyConfig = { mode: 'system' }
  #context: Promise<string> | undefined

  constructor(isDefault: boolean) {
    super()
    this.isDefault = isDefault
  }

  setPermissionRequestHandler(handler: Session['permissionRequestHandler']): void {
    this.permissionRequestHandler = handler
  }

  setPermissionCheckHandler(handler: Session['permissionCheckHandler']): void {
    this.permissionCheckHandler = handler
  }

  setDevicePermissionHandler(): void {}

  setSpellCheckerEnabled(enabled: boolean): void {
    this.#spellCheckerEnabled = enabled
  }
  isSpellCheckerEnabled(): boolean {
    return this.#spellCheckerEnabled
  }
  setSpellCheckerLanguages(languages: string[]): void {
    const unknown = languages.find((one) => !this.availableSpellCheckerLanguages.includes(one))
    if (unknown !== undefined)
      throw new Error(`Invalid language code provided: "${unknown}" is not a valid language code`)
    this.#spellCheckerLanguages = languages
  }
  getSpellCheckerLanguages(): string[] {
    return this.#spellCheckerLanguages
  }
  addWordToSpellCheckerDictionary(word: string): boolean {
    this.#words.add(word)
    return true
  }
  listWordsInSpellCheckerDictionary(): Promise<string[]> {
    return Promise.resolve([...this.#words])
  }

  /** Clears the storage of every origin that a page of this session has shown. Chromium has no command for all. */
  async clearStorageData(): Promise<void> {
    for (const { origins, clear } of this.pages) for (const origin of origins) await clear(origin)
  }

  /** A partition gets it for its pages only before its first one. */
  async setProxy(config: E.ProxyConfig): Promise<void> {
    this.#proxy = config
    await this.network.use(config)
    if (this.isDefault) await setBrowserProxy(config)
  }

  async resolveProxy(_url: string): Promise<string> {
    return resolveProxy(this.#proxy)
  }

  /** Only those of net. Chromium ends its own when it likes. */
  async closeAllConnections(): Promise<void> {
    await this.network.closeConnections()
  }

  /** A partition has its own cookies and storage, in memory. Undefined: the browser's default context. */
  async browserContext(): Promise<string | undefined> {
    if (this.isDefault) return undefined
    this.#context ??= browser()
      .send('Target.createBrowserContext', { disposeOnDetach: true, ...contextProxy(this.#proxy) })
      .then(({ browserContextId }) => browserContextId)
    return this.#context
  }

  async fetch(input: string | URL | Request, options: FetchOptions = {}): Promise<Response> {
    const { bypassCustomProtocolHandlers = false, ...init } = options
    const url = input instanceof Request ? input.url : String(input)
    const handler = bypassCustomProtocolHandlers ? undefined : this.protocol.handlerOf(url)
    if (handler) return handler(new Request(input, init))
    if (!url.startsWith('file:')) return this.network.fetch(input, init)
    const file = fileURLToPath(url)
    const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream'
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: { 'content-type': type } })
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND')
    }
  }
}

const defaultSession = new Session(true)
const partitions = new Map<string, Session>()

export const protocol = defaultSession.protocol

export const session = {
  defaultSession,
  fromPartition(name: string): Session {
    if (name === '') return defaultSession
    const known = partitions.get(name)
    if (known) return known
    const created = new Session(false)
    partitions.set(name, created)
    app.emit('session-created', created)
    return created
  },
}

export const net = {
  fetch: (input: string | URL | Request, options?: FetchOptions) => defaultSession.fetch(input, options),
  online: true,
  isOnline: () => true,
  request: (options: { method: string; url: string }) => new NetRequest(options),
}

/** A request of `net.request`, as far as the app uses it: without a body, and only the status of the response is of interest. */
class NetRequest extends EventEmitter {
  readonly #options: { method: string; url: string }
  readonly #aborted = new AbortController()

  constructor(options: { method: string; url: string }) {
    super()
    this.#options = options
  }

  end(): void {
    void this.#send(true)
  }

  abort(): void {
    this.#aborted.abort()
    this.emit('abort')
  }

  async #send(mayAsk: boolean): Promise<void> {
    const { method, url } = this.#options
    const { network } = defaultSession
    try {
      const { status } = await network.fetch(url, { method, signal: this.#aborted.signal })
      this.emit('response', Object.assign(new EventEmitter(), { statusCode: status }))
    } catch (error) {
      const info = network.challengeOf(error)
      if (info === null || !mayAsk) this.emit('error', error)
      else
        this.emit('login', info, (username = '', password = '') => {
          void network.signIn(username, password).then(() => this.#send(false))
        })
    }
  }
}
