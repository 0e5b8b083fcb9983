import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '#shared/collections/index.ts'
import { replicaFile } from './files.ts'
import {
  chatId,
  idOf,
  me,
  peer,
  queuedMessage,
  temporaryDirectory,
  wireChat,
  wireMessage,
  wirePage,
} from './fixtures/harness.ts'
import type { StoreLog } from './protocol.ts'
import { openStore, type Store } from './store.ts'

const workerFile = new URL('./worker.ts', import.meta.url)
const noAccount = { code: 'no-account' }
const storeFailure = { code: 'store' }

let directory: string
const stores: Store[] = []

beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()))
  rmSync(directory, { recursive: true })
})

function open(file: URL | string = workerFile, log: StoreLog = () => undefined): Store {
  const store = openStore({ workerFile: file, directory, log })
  stores.push(store)
  return store
}

describe('the store', { timeout: 60_000 }, () => {
  it('announces a change before its call resolves', async () => {
    const store = open()
    const received: string[] = []
    const stop = store.onChange((_, change) => received.push(...change.chats.map(({ id }) => id)))
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.openDirectChat', { peerId: peer })
    expect(received).toEqual([chatId])
    stop()
    await store.call(me, 'replica.setDraft', { chatId, text: 'half' })
    expect(received).toEqual([chatId])
    await expect(store.call(me, 'replica.chats', undefined)).resolves.toMatchObject([{ draft: 'half' }])
  })

  it('rejects with the code of the failure', async () => {
    const store = open()
    await expect(store.call(me, 'replica.chats', undefined)).rejects.toMatchObject(noAccount)
    await store.call(me, 'replica.open', undefined)
    await expect(store.call(me, 'replica.setDraft', { chatId, text: '' })).rejects.toMatchObject({
      code: 'refused',
    })
    await store.call(me, 'replica.close', undefined)
    await expect(store.call(me, 'replica.chats', undefined)).rejects.toMatchObject(noAccount)
    rmSync(directory, { recursive: true })
    writeFileSync(directory, 'in the way')
    await expect(store.call(me, 'replica.open', undefined)).rejects.toMatchObject(storeFailure)
  })

  it('rejects with a code only, and logs the details', async () => {
    const details: string[] = []
    const store = open(workerFile, (_, detail) => details.push(detail))
    mkdirSync(replicaFile(directory, me))
    await expect(store.call(me, 'replica.open', undefined)).rejects.toMatchObject({
      code: 'store',
      message: 'the store failed: SQLITE_CANTOPEN',
    })
    rmSync(directory, { recursive: true })
    writeFileSync(directory, 'in the way')
    await expect(store.call(me, 'replica.open', undefined)).rejects.toMatchObject({
      code: 'store',
      message: 'the store failed: EEXIST',
    })
    expect(details).toEqual([
      'replica.open: unable to open database file',
      expect.stringContaining(directory),
    ])
  })

  it('rejects calls after close, and finishes earlier ones', async () => {
    const store = open()
    const opened = store.call(me, 'replica.open', undefined)
    await store.close()
    await expect(opened).resolves.toEqual({ setAside: null })
    await expect(store.call(me, 'replica.chats', undefined)).rejects.toMatchObject(storeFailure)
    await store.close()
  })

  it('restarts and reopens the account when its thread dies', async () => {
    const store = open(new URL('./fixtures/crashing-worker.ts', import.meta.url))
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.openDirectChat', { peerId: peer })
    for (let crash = 0; crash < 2; crash++) {
      const calls = [
        store.call(me, 'replica.search', { text: 'crash', chatId: null, limit: 1 }),
        store.call(me, 'replica.chats', undefined),
      ]
      for (const call of await Promise.allSettled(calls)) {
        expect(call).toMatchObject({ status: 'rejected', reason: { code: 'store' } })
      }
      await expect(store.call(me, 'replica.chats', undefined)).resolves.toMatchObject([{ id: chatId }])
    }
  })

  it('stores a message once when the thread dies before its reply and the call is repeated, and reports the interruption', async () => {
    const store = open(new URL('./fixtures/crashing-worker.ts', import.meta.url))
    const interrupted = new Promise((resolve) => store.onInterrupted(resolve))
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.openDirectChat', { peerId: peer })
    const message = queuedMessage(1, { body: { kind: 'text', text: 'fade' } })
    await expect(store.call(me, 'replica.send', message)).rejects.toMatchObject(storeFailure)
    await store.call(me, 'replica.send', message)
    await interrupted
    await expect(store.call(me, 'outbox.pending', undefined)).resolves.toMatchObject([{ key: message.id }])
  })

  it('rejects calls after a crash that damaged the file, until the account is opened again', async () => {
    const store = open(new URL('./fixtures/crashing-worker.ts', import.meta.url))
    const interrupted = new Promise((resolve) => store.onInterrupted(resolve))
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.apply', { collection: 'chats', items: [wireChat()], cursor: 1 })
    const crash = store.call(me, 'replica.search', { text: 'crash', chatId: null, limit: 1 })
    writeFileSync(replicaFile(directory, me), 'no database')
    await expect(crash).rejects.toMatchObject(storeFailure)
    const late: Batch = { collection: 'chats', items: [wireChat()], cursor: 2 }
    await expect(store.call(me, 'replica.apply', late)).rejects.toMatchObject(noAccount)
    await interrupted
    await expect(store.call(me, 'replica.apply', late)).rejects.toMatchObject(noAccount)
    const { setAside } = await store.call(me, 'replica.open', undefined)
    expect(setAside?.reason).toBe('corrupt')
    await expect(store.call(me, 'replica.syncCursors', undefined)).resolves.toEqual({})
    await store.call(me, 'replica.apply', late)
  })

  it('reports damage that is found while the account is open', async () => {
    const file = replicaFile(directory, me)
    const store = open()
    const interrupted = new Promise((resolve) => store.onInterrupted(resolve))
    await store.call(me, 'replica.open', undefined)
    await store.call(me, 'replica.apply', { collection: 'chats', items: [wireChat()], cursor: 1 })
    const messages = Array.from({ length: 500 }, (_, n) =>
      wireMessage(n, { body: { kind: 'text', text: `text ${String(n)} `.repeat(20) } }),
    )
    await store.call(me, 'replica.applyMessages', [wirePage(messages)])
    await store.call(me, 'replica.close', undefined)
    writeFileSync(file, readFileSync(file).fill(0xa5, 40 * 4096))

    await store.call(me, 'replica.open', undefined)
    const page = store.call(me, 'replica.messages', { chatId, before: null, limit: 1000 })
    await expect(page).rejects.toMatchObject(storeFailure)
    await interrupted
    await expect(store.call(me, 'replica.chats', undefined)).rejects.toMatchObject(noAccount)
    const { setAside } = await store.call(me, 'replica.open', undefined)
    expect(setAside?.reason).toBe('corrupt')
    await expect(store.call(me, 'replica.chats', undefined)).resolves.toEqual([])
  })

  it('gives up when its thread cannot start', async () => {
    const events: string[] = []
    const store = open(join(directory, 'no-such-worker.js'), (event) => events.push(event))
    await expect(store.call(me, 'replica.open', undefined)).rejects.toMatchObject(storeFailure)
    await expect(store.call(me, 'replica.open', undefined)).rejects.toMatchObject(storeFailure)
    expect(events).toEqual(['store.crash'])
  })

  it('keeps every acknowledged message when its process is killed', async () => {
    let acknowledged = 0
    for (const kills of [1, 40, 7, 90]) {
      const script = fileURLToPath(new URL('./fixtures/send-forever.ts', import.meta.url))
      const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
      const exited = once(child, 'exit')
      let lines = 0
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged = Number(line)
        if (++lines === kills) child.kill('SIGKILL')
      }
      await exited
    }
    expect(acknowledged).toBeGreaterThanOrEqual(138)

    const store = open()
    await expect(store.call(me, 'replica.open', undefined)).resolves.toEqual({ setAside: null })
    const messages = await store.call(me, 'replica.messages', { chatId, before: null, limit: 1000 })
    const ids = messages.map(({ id }) => id)
    expect(ids.slice(0, acknowledged)).toEqual(Array.from({ length: acknowledged }, (_, n) => idOf(n + 1)))
    const intents = await store.call(me, 'outbox.pending', undefined)
    expect(intents.map(({ key }) => key)).toEqual(ids)
    await store.call(me, 'replica.send', queuedMessage(1))
    await expect(store.call(me, 'outbox.pending', undefined)).resolves.toHaveLength(ids.length)
  })
})
