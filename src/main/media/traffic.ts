import type { Storage } from './storage.ts'

/** Counted bytes are stored after this time, in ms. If the process is killed, at most these are not counted. */
const STORE_AFTER_MS = 3000

/** Adds up the bytes of files that are sent and received, and stores them now and then. */
export class Traffic {
  readonly #store: (counted: { sent: number; received: number }) => Promise<void>
  #counted = { sent: 0, received: 0 }
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `store` never rejects. */
  constructor(store: (counted: { sent: number; received: number }) => Promise<void>) {
    this.#store = store
  }

  /** The same storage, with all bytes counted that go through it, also those that are sent again after a failure. */
  count(storage: Storage): Storage {
    return {
      ...storage,
      send: (target, session, chunk, signal) => {
        this.#add('sent', chunk.bytes.byteLength)
        return storage.send(target, session, chunk, signal)
      },
      read: async (target, offset, signal) => {
        const { body, ...opened } = await storage.read(target, offset, signal)
        const counter = new TransformStream<Uint8Array, Uint8Array>({
          transform: (bytes, controller) => {
            this.#add('received', bytes.byteLength)
            controller.enqueue(bytes)
          },
        })
        return { ...opened, body: body.pipeThrough(counter) }
      },
    }
  }

  /** Stores what was counted. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const counted = this.#counted
    this.#counted = { sent: 0, received: 0 }
    if (counted.sent + counted.received > 0) await this.#store(counted)
  }

  #add(direction: 'sent' | 'received', bytes: number): void {
    this.#counted[direction] += bytes
    this.#timer ??= setTimeout(() => void this.flush(), STORE_AFTER_MS)
  }
}
