import type * as E from 'electron'
import { EventEmitter } from 'node:events'
import { makeCodec } from './codec.ts'
import type { HostMessage, PageMessage } from './page.ts'
import type { Has } from './state.ts'

const codec = makeCodec()

type Call = Extract<PageMessage, { op: 'invoke' }>
type Handler = (event: unknown, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter implements Has<E.IpcMain, 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    }
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Runs the handler of a page's call. Returns the encoded reply; it is an error if the handler or the encoding fails. */
  async handleCall(event: unknown, { id, channel, args }: Call): Promise<string> {
    const handler = this.#handlers.get(channel)
    if (!handler) return errorReply(id, `Error: No handler registered for '${channel}'`)
    try {
      const reply: HostMessage = { op: 'reply', id, ok: true, value: await handler(event, ...args) }
      return codec.encode(reply) // throws when the value cannot be cloned
    } catch (e) {
      console.error(`Error occurred in handler for '${channel}':`, e)
      return errorReply(id, String(e))
    }
  }
}

function errorReply(id: number, message: string): string {
  const reply: HostMessage = { op: 'reply', id, ok: false, message }
  return codec.encode(reply)
}

export const ipcMain = new IpcMain()
