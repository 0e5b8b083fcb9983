import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts' // playwright-core does not export it
import { trusted } from './state.ts'

export type { Protocol }

type Method = Extract<keyof Protocol.CommandParameters, string>
type EventName = Extract<keyof Protocol.Events, string>

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
  sessionId?: string
}

/** A connection to Chromium over its debugging pipe. Each message is JSON, terminated by a zero byte. */
export class Cdp {
  readonly #events = new EventEmitter().setMaxListeners(0) // named `${sessionId}/${method}`
  readonly #pending = new Map<number, (message: Message) => void>()
  readonly #output: Writable
  #sequence = 0

  constructor(output: Writable, input: Readable) {
    this.#output = output
    let parts: string[] = []
    input.setEncoding('utf8')
    input.on('data', (chunk: string) => {
      const texts = chunk.split('\0')
      const last = texts.pop() ?? ''
      for (const text of texts) {
        parts.push(text)
        this.#receive(parts.join(''))
        parts = []
      }
      parts.push(last)
    })
    input.on('close', () => {
      const failure = { error: { message: 'the browser has exited' } }
      for (const finish of this.#pending.values()) finish(failure)
      this.#pending.clear()
    })
    output.on('error', () => {}) // the 'close' event of the input reports the failure
  }

  send<M extends Method>(
    method: M,
    params?: Protocol.CommandParameters[M],
    sessionId = '',
  ): Promise<Protocol.CommandReturnValues[M]> {
    return new Promise((resolve, reject) => {
      const id = ++this.#sequence
      this.#pending.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(trusted<Protocol.CommandReturnValues[M]>(result)) // Chromium follows its protocol
      })
      this.#output.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
    })
  }

  on<E extends EventName>(event: E, listener: (params: Protocol.Events[E]) => void, sessionId = ''): void {
    this.#events.on(`${sessionId}/${event}`, listener)
  }

  #receive(text: string): void {
    const message = trusted<Message>(JSON.parse(text))
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? ''}/${message.method}`, message.params)
      return
    }
    this.#pending.get(message.id)?.(message)
    this.#pending.delete(message.id)
  }
}
