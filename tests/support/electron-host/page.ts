/*
 * The source text of these functions is injected into every document. They must not refer to anything outside, and may use
 * only erasable types. As in Electron, the preload runs in an isolated world. The two worlds of a page communicate through
 * document events with secret names.
 */
import type { Codec } from './codec.ts'

/** A value packed for transfer to the other world. Functions and promises stay in their world and are sent as ids. */
type Packed =
  | { k: 'value'; v: unknown } // Date, Map, typed arrays, Blob…: Chromium clones an event's detail
  | { k: 'function' | 'promise' | 'seen'; id: number }
  | { k: 'error'; name: string; message: string }
  | { k: 'array'; id: number; v: Packed[] }
  | { k: 'object'; id: number; v: [key: string, value: Packed][] }

type WorldMessage =
  | { op: 'call'; id: number; args: Packed[] }
  | { op: 'return'; ok: boolean; v: Packed }
  | { op: 'settle'; id: number; ok: boolean; v: Packed }
  | { op: 'expose'; key: string; api: Packed }

interface BridgeEnd {
  expose(key: string, api: unknown): void
}

/** One end of the contextBridge. `onExpose` receives each API that the other end exposes, frozen. */
export function makeBridgeEnd(
  secret: string,
  here: string,
  there: string,
  onExpose: (key: string, api: unknown) => void,
): BridgeEnd {
  const page = document
  const Event = CustomEvent
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let sequence = 0
  let returned: Extract<WorldMessage, { op: 'return' }> | undefined

  const post = (detail: WorldMessage): void => {
    page.dispatchEvent(new Event(secret + there, { detail }))
  }

  const pack = (value: unknown, depth = 0, seen = new Map<object, number>()): Packed => {
    if (depth > 1000) throw new TypeError('Electron contextBridge recursion depth exceeded.')
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value === 'function') {
      const id = ++sequence
      functions.set(id, (...args) => Reflect.apply(value, undefined, args))
      return { k: 'function', id }
    }
    if (value === null || typeof value !== 'object') return { k: 'value', v: value }
    if (value instanceof Promise) {
      const id = ++sequence
      value.then(
        (v: unknown) => post({ op: 'settle', id, ok: true, v: pack(v) }),
        (e: unknown) => post({ op: 'settle', id, ok: false, v: pack(e) }),
      )
      return { k: 'promise', id }
    }
    if (value instanceof Error) return { k: 'error', name: value.name, message: value.message }
    const plain = Object.prototype.toString.call(value) === '[object Object]'
    if (!Array.isArray(value) && !plain) return { k: 'value', v: value }
    const before = seen.get(value)
    if (before !== undefined) return { k: 'seen', id: before }
    const id = seen.size
    seen.set(value, id)
    if (Array.isArray(value)) return { k: 'array', id, v: value.map((item) => pack(item, depth + 1, seen)) }
    return { k: 'object', id, v: Object.entries(value).map(([key, v]) => [key, pack(v, depth + 1, seen)]) }
  }

  const unpack = (packed: Packed, freeze = false, seen = new Map<number, object>()): unknown => {
    switch (packed.k) {
      case 'value':
        return packed.v
      case 'seen':
        return seen.get(packed.id)
      case 'function':
        return (...args: unknown[]) => call(packed.id, args)
      case 'promise': {
        const promise = Promise.withResolvers<unknown>()
        promises.set(packed.id, promise)
        return promise.promise
      }
      case 'error': {
        const error = new Error(packed.message)
        error.name = packed.name
        return error
      }
      case 'array': {
        const array: unknown[] = []
        seen.set(packed.id, array)
        for (const item of packed.v) array.push(unpack(item, freeze, seen))
        return freeze ? Object.freeze(array) : array
      }
      case 'object':
      default: {
        const object = {}
        seen.set(packed.id, object)
        for (const [key, item] of packed.v) {
          const value = unpack(item, freeze, seen) // not a plain assignment: the key may be __proto__
          Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
        }
        return freeze ? Object.freeze(object) : object
      }
    }
  }

  /** Events are dispatched synchronously, so the result is there when `post` returns. */
  const call = (id: number, args: unknown[]): unknown => {
    post({ op: 'call', id, args: args.map((arg) => pack(arg)) })
    const result = returned
    returned = undefined
    if (!result) throw new Error('electron-host: the other world does not respond')
    const value = unpack(result.v)
    if (!result.ok) throw value
    return value
  }

  const run = (id: number, args: Packed[]): WorldMessage => {
    try {
      return { op: 'return', ok: true, v: pack(functions.get(id)?.(...args.map((arg) => unpack(arg)))) }
    } catch (e) {
      return { op: 'return', ok: false, v: pack(e) }
    }
  }

  page.addEventListener(
    secret + here,
    (event) => {
      event.stopImmediatePropagation()
      if (!(event instanceof Event)) return
      const detail: WorldMessage = event.detail // oxlint-disable-line typescript/no-unsafe-assignment -- only the other end can send this event, because its name is secret
      if (detail.op === 'call') post(run(detail.id, detail.args))
      else if (detail.op === 'return') returned = detail
      else if (detail.op === 'expose') onExpose(detail.key, unpack(detail.api, true))
      else {
        const promise = promises.get(detail.id)
        promises.delete(detail.id)
        if (detail.ok) promise?.resolve(unpack(detail.v))
        else promise?.reject(unpack(detail.v))
      }
    },
    true,
  )
  return { expose: (key, api) => post({ op: 'expose', key, api: pack(api) }) }
}

export function mainWorld(secret: string, bridgeEnd: typeof makeBridgeEnd): void {
  if (window !== window.top) return
  /** Lets the app's permission handler decide. Chromium itself would grant every request (see browser.ts). */
  const guardMedia = (isGranted: (types: string[]) => Promise<boolean>): void => {
    const devices = navigator.mediaDevices
    const getUserMedia = devices.getUserMedia.bind(devices)
    devices.getUserMedia = async (constraints = {}) => {
      const types = (['audio', 'video'] as const).filter((type) => constraints[type] !== undefined)
      if (!(await isGranted(types))) throw new DOMException('Permission denied', 'NotAllowedError')
      return getUserMedia(constraints)
    }
  }
  bridgeEnd(secret, '/main', '/isolated', (key, value) => {
    if (key === secret) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the isolated world exposes this function
      if (isSecureContext) guardMedia(value as Parameters<typeof guardMedia>[0])
      return
    }
    if (Object.hasOwn(window, key)) return
    Object.defineProperty(window, key, { value, enumerable: true, writable: false, configurable: false })
  })
}

/** Messages from the isolated world to the host: calls and messages of ipcRenderer, focus changes, requests for devices, preload errors. */
export type PageMessage =
  | { op: 'invoke'; id: number; channel: string; args: unknown[] }
  | { op: 'send'; channel: string; args: unknown[] }
  | { op: 'focus'; focused: boolean }
  | { op: 'media'; id: number; types: string[] }
  | { op: 'preload-error'; error: Error }

/** Messages from the host to the isolated world. */
export type HostMessage =
  | { op: 'reply'; id: number; ok: true; value: unknown }
  | { op: 'reply'; id: number; ok: false; message: string }
  | { op: 'message'; channel: string; args: unknown[] }

export interface PageInfo {
  /** Name of the global function of the isolated world that sends a message to the host. */
  send: string
  /** Name of the global function of the isolated world that the host calls with a message. */
  deliver: string
  /** Whether the page reports to the host when the window gains or loses the real focus. */
  reportsFocus: boolean
  preloadFile: string
  process: Record<string, unknown>
}

type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: Record<string, unknown>,
) => void

export function isolatedWorld(
  secret: string,
  bridgeEnd: typeof makeBridgeEnd,
  codecMaker: () => Codec,
  info: PageInfo,
  preload: Preload | null,
): void {
  if (window !== window.top) return
  type Listener = (event: unknown, ...args: unknown[]) => void
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host defines two global functions in this world
  const globals = globalThis as unknown as Record<string, (text: string) => void>
  const codec = codecMaker()
  const bridge = bridgeEnd(secret, '/isolated', '/main', () => {})
  const pendingCalls = new Map<number, PromiseWithResolvers<unknown> & { channel: string }>()
  const listeners = new Map<string, Listener[]>()
  let sequence = 0

  const send = (message: PageMessage): void => globals[info.send]?.(codec.encode(message))
  globals[info.deliver] = (text) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host sent this text
    const message = codec.decode(text) as HostMessage
    if (message.op === 'message') {
      const event = { sender: ipcRenderer, ports: [] }
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener(event, ...message.args)
      return
    }
    const call = pendingCalls.get(message.id)
    pendingCalls.delete(message.id)
    if (message.ok) call?.resolve(message.value)
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.message}`))
  }
  if (info.reportsFocus) {
    for (const type of ['focus', 'blur'] as const) {
      window.addEventListener(
        type,
        (e) => e.target === window && send({ op: 'focus', focused: type === 'focus' }),
      )
    }
  }
  bridge.expose(secret, (types: string[]) => {
    const id = ++sequence
    const call = Object.assign(Promise.withResolvers<unknown>(), { channel: 'getUserMedia' })
    pendingCalls.set(id, call)
    send({ op: 'media', id, types })
    return call.promise
  })
  if (!preload) return

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const id = ++sequence
      const call = Object.assign(Promise.withResolvers<unknown>(), { channel })
      try {
        send({ op: 'invoke', id, channel, args })
        pendingCalls.set(id, call)
      } catch (e) {
        call.reject(e)
      }
      return call.promise
    },
    send: (channel: string, ...args: unknown[]) => send({ op: 'send', channel, args }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    once(channel: string, listener: Listener) {
      const once: Listener = (...args) => {
        ipcRenderer.off(channel, once)
        listener(...args)
      }
      return ipcRenderer.on(channel, once)
    },
    off(channel: string, listener: Listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((other) => other !== listener),
      )
      return ipcRenderer
    },
    addListener: (channel: string, listener: Listener) => ipcRenderer.on(channel, listener),
    removeListener: (channel: string, listener: Listener) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel: string) {
      listeners.delete(channel)
      return ipcRenderer
    },
  }
  const electron = {
    ipcRenderer,
    contextBridge: { exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api) },
  }
  // A sandboxed preload may require only these modules.
  const require = (name: string): unknown => {
    if (/^electron(\/(renderer|common))?$/.test(name)) return electron
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  try {
    preload(require, module, module.exports, info.process)
  } catch (e) {
    console.error(`Unable to load preload script: ${info.preloadFile}`, e)
    send({ op: 'preload-error', error: e instanceof Error ? e : new Error(String(e)) })
  }
}
