import type * as E from 'electron'
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { browserPid } from './browser.ts'
import type { Protocol } from './cdp.ts'
import { makeCodec } from './codec.ts'
import { ipcMain } from './ipc-main.ts'
import {
  isolatedWorld,
  mainWorld,
  makeBridgeEnd,
  type HostMessage,
  type PageInfo,
  type PageMessage,
} from './page.ts'
import { handlePausedRequest } from './requests.ts'
import { ownSchemes, session, Session } from './session.ts'
import { MainFrame } from './main-frame.ts'
import { host, hostEvent, trusted, warn, type Has } from './state.ts'
import { nativeTheme } from './system.ts'
import { openTarget, type OpenTarget } from './targets.ts'
import { fromHttp, toHttp } from './url-map.ts'

const WORLD = 'electron-preload'
const SEND = '__electronHostSend'
const DELIVER = '__electronHostDeliver'
const codec = makeCodec()
const all = new Map<number, WebContents>()
let lastId = 0

/** Returns the source text of a call to a function of page.ts. The arguments are source texts too. */
const callSource = (injected: (...args: never[]) => void, ...args: string[]): string =>
  `(${String(injected)})(${args.join(',')})`

const httpOf = (url: string): string => {
  const mapped = new URL(toHttp(url, ownSchemes))
  mapped.hash = ''
  return mapped.href
}

/**
 * A page. In addition to Electron's events it emits events for its window: 'host-paint' (there is something to show),
 * 'host-focus' (boolean, headed only), 'host-close' (`close()` was called) and 'host-gone' (its target was destroyed).
 */
export class WebContents
  extends EventEmitter
  implements
    Has<
      E.WebContents,
      | 'id'
      | 'send'
      | 'getURL'
      | 'getTitle'
      | 'isDestroyed'
      | 'isCrashed'
      | 'isLoading'
      | 'loadURL'
      | 'reload'
      | 'executeJavaScript'
      | 'startDrag'
      | 'forcefullyCrashRenderer'
      | 'getOSProcessId'
      | 'setZoomFactor'
      | 'getZoomFactor'
      | 'replaceMisspelling'
    >
{
  readonly id = ++lastId
  readonly session: Session
  readonly mainFrame: MainFrame
  readonly attached: Promise<OpenTarget>
  readonly #preferences: E.WebPreferences
  #target: OpenTarget | undefined
  #context: string | undefined
  #url = ''
  #zoomFactor = 1
  #loading = false
  #crashed = false
  #destroyed = false
  #windowOpenHandler: ((details: E.HandlerDetails) => E.WindowOpenHandlerResponse) | undefined
  /** URLs of navigations by the main process. The app cannot prevent them, so they emit no `will-navigate`. */
  readonly #ownNavigations = new Set<string>()

  constructor(preferences: E.WebPreferences, size: E.Size & Partial<E.Point>) {
    super()
    this.#preferences = preferences
    const given: unknown = preferences.session
    this.session = given instanceof Session ? given : session.fromPartition(preferences.partition ?? '')
    this.mainFrame = new MainFrame(this)
    all.set(this.id, this)
    this.attached = this.#attach(size)
    this.attached.catch(warn)
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id)
  }
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.#target?.targetId === targetId)
  }

  async #attach(size: E.Size & Partial<E.Point>): Promise<OpenTarget> {
    const target = await openTarget(size, await this.session.browserContext())
    this.#target = target
    const origins = new Set<string>()
    this.session.pages.add({
      origins,
      clear: (origin) => target.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
    })
    target.on('Page.frameNavigated', ({ frame }) => {
      if (URL.canParse(frame.url)) origins.add(new URL(frame.url).origin)
    })
    this.#listen(target)
    const { send } = target
    const { preload } = this.#preferences
    const secret = JSON.stringify(randomUUID())
    const { platform, arch, versions, env } = process
    const info: PageInfo = {
      send: SEND,
      deliver: DELIVER,
      reportsFocus: host.headed,
      preloadFile: preload ?? '',
      process: {
        type: 'renderer',
        platform,
        arch,
        versions,
        env,
        argv: [],
        contextIsolated: true,
        sandboxed: true,
      },
    }
    const body = preload
      ? `function(require,module,exports,process){${readFileSync(preload, 'utf8')}\n}`
      : 'null'
    const isolated = callSource(
      isolatedWorld,
      secret,
      String(makeBridgeEnd),
      String(makeCodec),
      JSON.stringify(info),
      body,
    )
    const interceptsAll = !this.session.isDefault // a partition's handlers see every request
    await Promise.all([
      send('Page.enable'),
      send('Page.setLifecycleEventsEnabled', { enabled: true }),
      send('Runtime.addBinding', { name: SEND, executionContextName: WORLD }),
      send('Page.addScriptToEvaluateOnNewDocument', {
        source: callSource(mainWorld, secret, String(makeBridgeEnd)),
      }),
      send('Page.addScriptToEvaluateOnNewDocument', {
        worldName: WORLD,
        source: `${isolated}\n//# sourceURL=${preload ?? 'no-preload'}`,
      }),
      send('Runtime.enable'),
      send('Fetch.enable', {
        patterns: [interceptsAll ? { urlPattern: '*' } : { resourceType: 'Document' }],
      }),
      send('Runtime.runIfWaitingForDebugger'),
    ])
    nativeTheme.on('updated', this.#followTheme)
    this.#followTheme()
    return target
  }

  #listen({ on, targetId }: OpenTarget): void {
    on('Runtime.executionContextCreated', ({ context }) => {
      const frameId: unknown = context.auxData?.['frameId']
      if (context.name === WORLD && frameId === targetId) this.#context = context.uniqueId
    })
    on('Runtime.executionContextsCleared', () => {
      this.#context = undefined
    })
    on(
      'Runtime.bindingCalled',
      ({ payload }) => void this.#receive(trusted<PageMessage>(codec.decode(payload))),
    )
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.#crashed = false
      this.#url = fromHttp(frame.url + (frame.urlFragment ?? ''), ownSchemes)
      this.#followTheme() // again, because others may have changed the emulated media
      this.emit('did-navigate', hostEvent(), this.#url, 200, 'OK')
    })
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== targetId) return
      this.#url = fromHttp(url, ownSchemes)
      this.emit('did-navigate-in-page', hostEvent(), this.#url, true)
    })
    on('Page.domContentEventFired', () => this.#hasDocument() && this.emit('dom-ready', hostEvent()))
    on('Page.lifecycleEvent', ({ name, frameId }) => {
      if (name === 'firstPaint' && frameId === targetId && this.#hasDocument()) this.emit('host-paint')
    })
    on('Page.loadEventFired', () => {
      if (!this.#hasDocument()) return
      this.#loading = false
      this.emit('did-finish-load', hostEvent())
      this.emit('host-paint')
    })
    on('Fetch.requestPaused', (paused) => void this.#onRequestPaused(paused).catch(warn))
    on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const details: E.HandlerDetails = {
        url: fromHttp(url, ownSchemes),
        frameName: windowName,
        features: windowFeatures.join(','),
        disposition: 'foreground-tab',
        referrer: { url: '', policy: 'default' },
      }
      if (this.#windowOpenHandler?.(details).action !== 'deny') {
        warn(`refused to open ${details.url}: windows opened by pages are not supported`)
      }
    })
    on('Inspector.targetCrashed', () => {
      this.#crashed = true
      this.#loading = false
      this.#context = undefined
      this.emit('render-process-gone', hostEvent(), { reason: 'crashed', exitCode: 5 })
    })
  }

  /** False for the empty document with which the target starts. */
  #hasDocument(): boolean {
    return this.#url !== '' && this.#url !== this.#target?.initialUrl
  }

  readonly #followTheme = (): void => {
    const source = nativeTheme.themeSource
    if (source === 'system' && !this.#themed) return // keeps Playwright's own emulation
    this.#themed = source !== 'system'
    const features = [{ name: 'prefers-color-scheme', value: source === 'system' ? '' : source }]
    this.#target?.send('Emulation.setEmulatedMedia', { features }).catch(() => {})
  }
  #themed = false

  async #receive(message: PageMessage): Promise<void> {
    const event = {
      ...hostEvent(),
      type: 'frame',
      sender: this,
      senderFrame: this.mainFrame,
      processId: this.mainFrame.processId,
      frameId: this.mainFrame.routingId,
      reply: (channel: string, ...args: unknown[]) => this.send(channel, ...args),
    }
    switch (message.op) {
      case 'invoke': {
        const context = this.#context
        this.#deliver(await ipcMain.handleCall(event, message), context)
        break
      }
      case 'send':
        ipcMain.emit(message.channel, event, ...message.args)
        break
      case 'focus':
        this.emit('host-focus', message.focused)
        break
      case 'media': {
        const context = this.#context
        const value = await this.#grantsMedia(message.types)
        const reply: HostMessage = { op: 'reply', id: message.id, ok: true, value }
        this.#deliver(codec.encode(reply), context)
        break
      }
      case 'preload-error':
        this.emit('preload-error', hostEvent(), this.#preferences.preload ?? '', message.error)
    }
  }

  /** What the app's permission handler decides. Without a handler, Electron grants everything. */
  #grantsMedia(types: string[]): Promise<boolean> {
    const handler = this.session.permissionRequestHandler
    if (handler === null) return Promise.resolve(true)
    const details = {
      mediaTypes: trusted<('audio' | 'video')[]>(types),
      requestingUrl: this.#url,
      securityOrigin: this.#url,
      isMainFrame: true,
    }
    return new Promise((resolve) => handler(trusted<E.WebContents>(this), 'media', resolve, details))
  }

  /** Sends nothing if the document of the call is gone. */
  #deliver(text: string, context: string | undefined): void {
    if (!context || context !== this.#context) return
    const call = {
      functionDeclaration: `function(text){${DELIVER}(text)}`,
      arguments: [{ value: text }],
      uniqueContextId: context,
    }
    this.#target?.send('Runtime.callFunctionOn', call).catch(() => {})
  }

  async #onRequestPaused(paused: Protocol.Fetch.requestPausedPayload): Promise<void> {
    const target = await this.attachedTarget()
    const { requestId } = paused
    if (paused.resourceType === 'Document' && !this.#mayNavigate(paused, target.targetId)) {
      await target.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      return
    }
    const result = this.session.isDefault
      ? { continue: true }
      : await handlePausedRequest(this.session, paused)
    if ('responseCode' in result) await target.send('Fetch.fulfillRequest', { requestId, ...result })
    else if ('failed' in result) await target.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    else await target.send('Fetch.continueRequest', { requestId })
  }

  #mayNavigate(paused: Protocol.Fetch.requestPausedPayload, targetId: string): boolean {
    const isMainFrame = paused.frameId === targetId
    const url = fromHttp(paused.request.url, ownSchemes)
    if (isMainFrame && this.#ownNavigations.delete(paused.request.url)) return true
    const event = hostEvent({
      url,
      isSameDocument: false,
      isMainFrame,
      frame: isMainFrame ? this.mainFrame : null,
    })
    if (paused.redirectedRequestId !== undefined) this.emit('will-redirect', event, url, false, isMainFrame)
    else {
      this.emit('will-frame-navigate', event)
      if (isMainFrame) this.emit('will-navigate', event, url, false, true)
    }
    return !event.defaultPrevented
  }

  /** Returns the target as soon as it exists. Its first events arrive before `attached` resolves. */
  async attachedTarget(): Promise<OpenTarget> {
    return this.#target ?? (await this.attached)
  }

  async loadURL(url: string): Promise<void> {
    const target = await this.attached
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve))
    this.#ownNavigations.add(httpOf(url))
    this.#loading = true
    const { errorText } = await target.send('Page.navigate', { url: toHttp(url, ownSchemes) })
    if (errorText !== undefined) {
      this.#loading = false
      this.emit('did-fail-load', hostEvent(), -2, errorText, url, true)
      throw Object.assign(new Error(`${errorText} loading '${url}'`), { code: errorText, url })
    }
    await loaded
  }

  reload(): void {
    this.#ownNavigations.add(httpOf(this.#url))
    this.#loading = true
    void this.attached.then(({ send }) => send('Page.reload')).catch(warn)
  }
  stop(): void {
    void this.attached.then(({ send }) => send('Page.stopLoading')).catch(warn)
  }

  send(channel: string, ...args: unknown[]): void {
    const message: HostMessage = { op: 'message', channel, args }
    this.#deliver(codec.encode(message), this.#context)
  }

  getURL(): string {
    return this.#hasDocument() ? this.#url : ''
  }
  getTitle(): string {
    return ''
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  isCrashed(): boolean {
    return this.#crashed
  }
  isLoading(): boolean {
    return this.#loading
  }
  /** The host does not enlarge the page. */
  setZoomFactor(factor: number): void {
    if (factor <= 0) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.#zoomFactor = factor
  }
  getZoomFactor(): number {
    return this.#zoomFactor
  }
  /** Replaces nothing: no word is marked. */
  replaceMisspelling(): void {}
  getOSProcessId(): number {
    return browserPid()
  }
  setWindowOpenHandler(handler: (details: E.HandlerDetails) => E.WindowOpenHandlerResponse): void {
    this.#windowOpenHandler = handler
  }

  /** Nothing is dragged. Like Electron, it refuses a drag without an icon. */
  startDrag({ icon }: E.Item): void {
    if (typeof icon !== 'string' && icon.isEmpty()) throw new Error('Must specify non-empty `icon` option')
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const { send } = await this.attached
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  forcefullyCrashRenderer(): void {
    void this.attached.then(({ send }) => send('Page.crash')).catch(() => {}) // Chromium never responds to it
  }

  close(): void {
    this.emit('host-close')
  }

  /** Call it when the target was destroyed. */
  markDestroyed(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    all.delete(this.id)
    nativeTheme.off('updated', this.#followTheme)
    this.emit('destroyed')
    this.emit('host-gone')
  }
}
