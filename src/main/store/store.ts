import { Worker } from 'node:worker_threads'
import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { FromWorker, IncomingMessage, StoreLog, ToWorker } from './protocol.ts'
import type { CallArgs, CallMethod, CallResult } from './main-methods.ts'

export type { IncomingMessage } from './protocol.ts'

export interface StoreOptions {
  /** The built worker.ts. */
  workerFile: URL | string
  /** Holds one file per account; created if it does not exist. */
  directory: string
  /** Receives failures and rows that could not be read, never the content of a message. */
  log?: StoreLog
}

export type ChangeListener = (account: UserId, change: ReplicaChange, incoming: IncomingMessage[]) => void

export type FreedListener = (account: UserId, sha256s: readonly Sha256[]) => void

/** The local replica, in a thread of its own. */
export interface Store {
  /**
   * Calls run one after the other, in their order. Rejects with a BridgeError: `no-account` when another account or none is
   * open, `refused` when the method does not allow the arguments, `store` when the disk or the thread fails.
   */
  call<M extends CallMethod>(account: UserId, method: M, args: CallArgs<M>): Promise<CallResult<M>>
  /** The account that is open. */
  account(): UserId | undefined
  /** Calls the listener for every transaction that changed something, before its call resolves. Returns a function to unsubscribe. */
  onChange(listener: ChangeListener): () => void
  /**
   * Calls the listener for files that nothing refers to any more, so their bytes are to be deleted. Returns a function to
   * unsubscribe.
   */
  onFreed(listener: FreedListener): () => void
  /**
   * Calls the listener when the store restarted: its last changes may not have been announced, and the account may not be open
   * any more. Open it again and read everything. Returns a function to unsubscribe.
   */
  onInterrupted(listener: (account: UserId) => void): () => void
  /** Ends the thread after the calls already made; later calls are rejected. */
  close(): Promise<void>
}

interface Pending {
  method: CallMethod
  /** Declared as a method, so that the compiler accepts any resolve function: it cannot know which type a reply has. */
  resolve(value: unknown): void
  reject: (error: Error) => void
}

export function openStore(options: StoreOptions): Store {
  const log = options.log ?? (() => undefined)
  const listeners = new Set<ChangeListener>()
  const freedListeners = new Set<FreedListener>()
  const interruptedListeners = new Set<(account: UserId) => void>()
  const pending = new Map<number, Pending>()
  let nextId = 1
  let account: UserId | undefined
  /** Set while the store reopens the account after a crash. Calls wait for it. */
  let reopening: Promise<void> | undefined
  /** True after the reopened replica was moved aside. Calls are rejected until the page opens the account itself. */
  let startsEmpty = false
  let closed = false
  let worker: Worker | undefined = start()

  /** Starts the thread. When it exits, its calls fail; it starts again if it had replied to at least one call. */
  function start(): Worker {
    const started = new Worker(options.workerFile, { workerData: { directory: options.directory } })
    let hasReplied = false
    started.on('message', (message: FromWorker) => {
      hasReplied ||= message.type === 'reply' || message.type === 'failure'
      receive(message)
    })
    started.on('error', (error) => {
      log('store.crash', error instanceof Error ? error.message : String(error))
    })
    started.on('exit', () => {
      worker = undefined
      rejectPending()
      if (closed || !hasReplied) return
      worker = start()
      if (account !== undefined) reopen(account)
    })
    return started
  }

  function receive(message: FromWorker): void {
    switch (message.type) {
      case 'reply':
        takePending(message.id)?.resolve(message.value)
        break
      case 'failure':
        takePending(message.id)?.reject(new BridgeError(message.error.code, message.error.message))
        break
      case 'changed':
        for (const listener of listeners) listener(message.account, message.change, message.incoming)
        break
      case 'freed':
        for (const listener of freedListeners) listener(message.account, message.sha256s)
        break
      case 'lost':
        account = undefined
        notifyInterrupted(message.account)
        break
      case 'log':
        log(message.event, message.detail)
    }
  }

  function takePending(id: number): Pending | undefined {
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
    reopening = send(userId, 'replica.open', undefined)
      .then(({ setAside }) => {
        startsEmpty ||= setAside !== null
      })
      .catch((error: unknown) => {
        log('store.crash', `the account cannot be opened again: ${String(error)}`)
      })
      .finally(() => {
        reopening = undefined
        notifyInterrupted(userId)
      })
  }

  function notifyInterrupted(interrupted: UserId): void {
    for (const listener of interruptedListeners) listener(interrupted)
  }

  function send<M extends CallMethod>(to: UserId, method: M, args: CallArgs<M>): Promise<CallResult<M>> {
    const target = worker
    if (target === undefined) return Promise.reject(new BridgeError('store', 'the store has ended'))
    return new Promise<CallResult<M>>((resolve, reject) => {
      const id = nextId++
      pending.set(id, { method, resolve, reject })
      target.postMessage({ type: 'call', id, account: to, method, args })
    })
  }

  return {
    account: () => account,
    async call(to, method, args) {
      if (closed) throw new BridgeError('store', 'the store is closed')
      if (reopening !== undefined) await reopening
      if (changesOpenAccount(method)) startsEmpty = false
      if (startsEmpty)
        throw new BridgeError(
          'no-account',
          'the account has not been opened again since its replica was set aside',
        )
      const result = await send(to, method, args)
      if (method === 'replica.open') account = to
      else if (changesOpenAccount(method) && account === to) account = undefined
      return result
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onFreed(listener) {
      freedListeners.add(listener)
      return () => freedListeners.delete(listener)
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

/** Whether the method opens an account or leaves none open. */
function changesOpenAccount(method: CallMethod): boolean {
  return method === 'replica.open' || method === 'replica.close' || method === 'replica.erase'
}
