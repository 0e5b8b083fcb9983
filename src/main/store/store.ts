import { Worker } from 'node:worker_threads'
import { replicaStatusSchema, type Args, type ReplicaChange, type Result } from '#shared/bridge.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { BridgeError } from '../bridge-error.ts'
import type { FromWorker, IncomingMessage, StoreLog, ReplicaMethod, ToWorker } from './protocol.ts'

export type { IncomingMessage, ReplicaMethod } from './protocol.ts'

export interface StoreOptions {
  /** The built worker.ts. */
  workerFile: URL | string
  /** Holds one file for each account; made when it is not there. */
  directory: string
  /** Told of failures and of rows that could not be read; never of what a message says. */
  log?: StoreLog
}

export type ChangeListener = (change: ReplicaChange, incoming: IncomingMessage[]) => void

/** The local replica, in a thread of its own. */
export interface Store {
  /** Calls run one after the other, in the order they were made. Rejects with a BridgeError: `no-account`, `refused` or `store`. */
  call<M extends ReplicaMethod>(method: M, args: Args<M>): Promise<Result<M>>
  /** Hears of every transaction that changed something, before its call resolves. Returns how to stop. */
  onChange(listener: ChangeListener): () => void
  /**
   * Hears that the store had to begin anew: what it did last may not have been announced, and the account may not be open
   * any more. To be opened again and read from the start. Returns how to stop.
   */
  onInterrupted(listener: () => void): () => void
  /** Ends the thread after the calls already made; later ones are refused. */
  close(): Promise<void>
}

interface Pending {
  method: ReplicaMethod
  /** A method, not a property: what the worker answers is typed by the call it answers, which the compiler cannot follow. */
  resolve(value: unknown): void
  reject: (error: Error) => void
}

export function openStore(options: StoreOptions): Store {
  const log = options.log ?? (() => undefined)
  const listeners = new Set<ChangeListener>()
  const interruptedListeners = new Set<() => void>()
  const pending = new Map<number, Pending>()
  let nextId = 1
  let account: UserId | undefined
  /** While the account is being opened again by itself: calls wait for that. */
  let reopening: Promise<void> | undefined
  /** Set when a reopened replica was moved aside: calls are refused until the page opens it again. */
  let beginsEmpty = false
  let closed = false
  let worker: Worker | undefined = start()

  /** Starts the thread; when it dies, its calls fail, and another takes its place if it had got as far as to answer one. */
  function start(): Worker {
    const started = new Worker(options.workerFile, { workerData: { directory: options.directory } })
    let hasAnswered = false
    started.on('message', (message: FromWorker) => {
      hasAnswered ||= message.type === 'reply' || message.type === 'failure'
      receive(message)
    })
    started.on('error', (error) => {
      log('store.crash', error instanceof Error ? error.message : String(error))
    })
    started.on('exit', () => {
      worker = undefined
      rejectPending()
      if (closed || !hasAnswered) return
      worker = start()
      if (account !== undefined) reopen(account)
    })
    return started
  }

  function receive(message: FromWorker): void {
    switch (message.type) {
      case 'reply':
        settlePending(message.id)?.resolve(message.value)
        break
      case 'failure':
        settlePending(message.id)?.reject(new BridgeError(message.error.code, message.error.message))
        break
      case 'changed':
        for (const listener of listeners) listener(message.change, message.incoming)
        break
      case 'lost':
        account = undefined
        tellInterrupted()
        break
      case 'log':
        log(message.event, message.detail)
    }
  }

  function settlePending(id: number): Pending | undefined {
    const call = pending.get(id)
    pending.delete(id)
    return call
  }

  function rejectPending(): void {
    const calls = [...pending.values()]
    pending.clear()
    for (const call of calls) call.reject(new BridgeError('store', `the store ended during ${call.method}`))
  }

  function reopen(userId: UserId): void {
    reopening = send('replica.open', { userId })
      .then(({ setAside }) => {
        beginsEmpty ||= setAside !== null
      })
      .catch((error: unknown) => {
        log('store.crash', `the account cannot be opened again: ${String(error)}`)
      })
      .finally(() => {
        reopening = undefined
        tellInterrupted()
      })
  }

  function tellInterrupted(): void {
    for (const listener of interruptedListeners) listener()
  }

  function send<M extends ReplicaMethod>(method: M, args: Args<M>): Promise<Result<M>> {
    const target = worker
    if (target === undefined) return Promise.reject(new BridgeError('store', 'the store has ended'))
    return new Promise<Result<M>>((resolve, reject) => {
      const id = nextId++
      pending.set(id, { method, resolve, reject })
      target.postMessage({ type: 'call', id, method, args })
    })
  }

  return {
    async call(method, args) {
      if (closed) throw new BridgeError('store', 'the store is closed')
      if (reopening !== undefined) await reopening
      if (isAboutAccount(method)) beginsEmpty = false
      if (beginsEmpty) throw new BridgeError('no-account', 'the account was not opened since it began empty')
      const result = await send(method, args)
      if (method === 'replica.open') account = replicaStatusSchema.parse(result).userId
      else if (isAboutAccount(method)) account = undefined
      return result
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onInterrupted(listener) {
      interruptedListeners.add(listener)
      return () => interruptedListeners.delete(listener)
    },
    async close() {
      closed = true
      const target = worker
      if (target === undefined) return
      const { promise, resolve } = Promise.withResolvers<undefined>()
      target.once('exit', () => {
        resolve(undefined)
      })
      const message: ToWorker = { type: 'close' }
      target.postMessage(message)
      await promise
    },
  }
}

/** Whether the method opens an account or ends with none open, rather than to ask or tell of what is in it. */
function isAboutAccount(method: ReplicaMethod): boolean {
  return method === 'replica.open' || method === 'replica.close' || method === 'replica.erase'
}
