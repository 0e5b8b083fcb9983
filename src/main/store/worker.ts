import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { BridgeFailure } from '#shared/bridge/contract.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { errorCode } from './database.ts'
import type { FromWorker, StoreCall, ToWorker } from './protocol.ts'
import { Replica } from './replica.ts'
import type { CallMethod, CallResult } from './main-methods.ts'

/* The store's thread. It runs calls one after another, in the order in which they arrive. */

if (parentPort === null) throw new Error('the store must run in a worker thread')
const port = parentPort
const { directory } = z.object({ directory: z.string() }).parse(workerData)

function post(message: FromWorker): void {
  port.postMessage(message)
}

const replica = new Replica({
  directory,
  onChange: (account, change, incoming) => {
    post({ type: 'changed', account, change, incoming })
  },
  onFreed: (account, sha256s) => {
    post({ type: 'freed', account, sha256s })
  },
  onLost: (account) => {
    post({ type: 'lost', account })
  },
  log: (event, detail) => {
    post({ type: 'log', event, detail })
  },
  now: Date.now,
})

function run(call: StoreCall): CallResult<CallMethod> {
  switch (call.method) {
    case 'replica.open':
      return replica.open(call.account)
    case 'replica.close':
      replica.closeAccount(call.account)
      return undefined
    case 'replica.erase':
      replica.erase(call.account)
      return undefined
    default:
      return replica.call(call.account, call.method, call.args)
  }
}

function failureOf(error: unknown): BridgeFailure {
  if (error instanceof BridgeError) return { code: error.code, message: error.message }
  const code = errorCode(error)
  return { code: 'store', message: code === undefined ? 'the store failed' : `the store failed: ${code}` }
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'close') {
    replica.close()
    port.close()
    return
  }
  const { id, method } = message
  try {
    post({ type: 'reply', id, value: run(message) })
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'store') {
      const detail = error instanceof Error ? error.message : 'unknown'
      post({ type: 'log', event: 'store.failure', detail: `${method}: ${detail}` })
    }
    post({ type: 'failure', id, error: failure })
  }
})
