import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PART_LIMIT } from '#shared/bridge/media.ts'
import { chatId, me } from '#shared/domain/test-data.ts'
import { newObjectId, sha256Schema, type Attachment } from '#shared/messages/attachment.ts'
import { BridgeError, type AccountBridge } from '../../platform/bridge.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import type { AccountSession } from '../session/account-session.ts'
import { createMediaService } from './media-service.ts'
import { Transfers } from './transfers.ts'
import type { MediaService } from '../services.ts'

const sha256 = sha256Schema.parse('a'.repeat(64))
const place = { chatId }

let store: AppStore
let service: MediaService
let transfers: Transfers
/** The calls of main's methods, in order. */
let calls: { method: string; args: Record<string, unknown> }[]
/** The results of main's methods; the default is undefined. */
let results: Record<string, (args: Record<string, unknown>) => unknown>
let listeners: Map<string, (payload: unknown) => void>
let resumed: number
/** What a picture becomes that main cannot decode. */
let png: Blob | null

beforeEach(() => {
  calls = []
  results = {
    'media.begin': () => ({ handle: 'handle' }),
    'media.finish': () => ({ sha256, size: 5 }),
    'media.has': ({ sha256s }) => sha256s,
    'media.upload': () => ({ outcome: 'done' }),
    'media.download': () => ({ outcome: 'done' }),
  }
  listeners = new Map()
  resumed = 0
  png = new Blob(['a PNG file'])
  store = createAppStore()
  const fake = {
    async call(method: string, args: Record<string, unknown>) {
      calls.push({ method, args })
      await Promise.resolve()
      return results[method]?.(args)
    },
    on(name: string, listener: (payload: unknown) => void) {
      listeners.set(name, listener)
      return () => listeners.delete(name)
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const replica = fake as unknown as AccountBridge
  transfers = new Transfers({
    replica,
    store,
    report: () => undefined,
    idToken: () => Promise.resolve('token'),
    onResume: () => {
      resumed += 1
    },
  })
  const live = { transfers }
  const session = {
    replica,
    live,
    whenLive: () => Promise.resolve(live),
    whileLive: (start: (of: typeof live) => () => void) => start(live),
  }
  service = createMediaService({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
    account: () => session as unknown as AccountSession,
    store,
    report: () => undefined,
    read: (file) => Promise.resolve(new Blob([file])),
    toPng: () => Promise.resolve(png),
  })
})

function names(): string[] {
  return calls.map(({ method }) => method)
}

function attachment(): Attachment {
  return { object: newObjectId(), size: 5, sha256, mime: 'image/png', enc: null }
}

describe('copying a picture', () => {
  const other = sha256Schema.parse('b'.repeat(64))
  beforeEach(() => {
    results['media.finish'] = () => ({ sha256: other, size: 10 })
    results['media.copyImage'] = (args) => {
      if (args['sha256'] === sha256) throw new BridgeError({ code: 'refused', message: '' })
      return 'done'
    }
  })
  const copied = (): unknown[] =>
    calls.filter(({ method }) => method === 'media.copyImage').map(({ args }) => args['sha256'])

  it('gives main a PNG file where it cannot decode the picture', async () => {
    expect(await service.copyImage(sha256, 'image/webp')).toBe('done')
    expect(copied()).toEqual([sha256, other])
  })

  it('fails when the page cannot decode it either', async () => {
    png = null
    await expect(service.copyImage(sha256, 'image/webp')).rejects.toMatchObject({ code: 'unreadable' })
    expect(copied()).toEqual([sha256])
  })

  it('takes any other answer as it is', async () => {
    results['media.copyImage'] = () => 'missing'
    expect(await service.copyImage(sha256, 'image/webp')).toBe('missing')
    expect(copied()).toEqual([sha256])
  })
})

describe('a file that is saved', () => {
  const savedFiles = (): string[] => [...store.getState().saved]

  it('counts as saved until it is not found where it was saved', async () => {
    results['media.saveAs'] = () => 'cancelled'
    await service.saveAs(sha256, 'a.png')
    expect(savedFiles()).toEqual([])
    results['media.saveAs'] = () => 'done'
    await service.saveAs(sha256, 'a.png')
    results['media.showSaved'] = () => true
    expect(await service.showSaved(sha256)).toBe(true)
    expect(savedFiles()).toEqual([sha256])
    results['media.showSaved'] = () => false
    expect(await service.showSaved(sha256)).toBe(false)
    expect(savedFiles()).toEqual([])
  })
})

describe('files that were opened with the app', () => {
  it('are files of the page with a type, and those that cannot be sent', async () => {
    const refusedFile = { name: 'Photos', size: 0, problem: 'folder' }
    results['media.takeOpened'] = () => [{ name: 'Beach.JPG', size: 64, sha256 }, refusedFile]
    const { files, refused } = await service.takeOpened()
    expect(files.map(({ name, type, size }) => ({ name, type, size }))).toEqual([
      { name: 'Beach.JPG', type: 'image/jpeg', size: 64 },
    ])
    expect(refused).toEqual([refusedFile])
  })
})

describe('importing a file', () => {
  it('sends its bytes in parts, in order, and reports what is stored', async () => {
    const bytes = new Uint8Array(PART_LIMIT + 10).map((_, index) => index)
    const progress: number[] = []
    await service.importFile(new Blob([bytes]), { onProgress: (done) => progress.push(done) })
    expect(names()).toEqual(['media.begin', 'media.append', 'media.append', 'media.finish'])
    expect(calls[0]?.args).toEqual({ size: bytes.length })
    expect(calls[2]?.args['bytes']).toEqual(bytes.subarray(PART_LIMIT))
    expect(progress).toEqual([PART_LIMIT, PART_LIMIT + 10])
    expect(store.getState().files.get(sha256)).toBe(true)
  })

  it('says that the disk is full, and leaves nothing behind', async () => {
    results['media.append'] = () => {
      throw new BridgeError({ code: 'full', message: '' })
    }
    await expect(service.importFile(new Blob(['hello']))).rejects.toMatchObject({ code: 'diskFull' })
    expect(names().at(-1)).toBe('media.abort')
  })

  it('says that the file cannot be read', async () => {
    const file = new Blob(['hello'])
    file.slice = () => {
      const part = new Blob()
      part.arrayBuffer = () => Promise.reject(new Error('NotReadableError'))
      return part
    }
    await expect(service.importFile(file)).rejects.toMatchObject({ code: 'unreadable' })
    expect(names().at(-1)).toBe('media.abort')
  })

  it('stops when it is aborted', async () => {
    const controller = new AbortController()
    results['media.begin'] = () => {
      controller.abort(new Error('enough'))
      return { handle: 'handle' }
    }
    await expect(service.importFile(new Blob(['hello']), { signal: controller.signal })).rejects.toThrow(
      'enough',
    )
    expect(names()).toEqual(['media.begin', 'media.abort'])
  })
})

it('asks for all files of a moment in one call', async () => {
  const other = sha256Schema.parse('b'.repeat(64))
  results['media.has'] = () => [sha256]
  service.look(sha256)
  service.look(other)
  service.look(sha256)
  await expect.poll(() => store.getState().files.size).toBe(2)
  expect(calls).toEqual([{ method: 'media.has', args: { sha256s: [sha256, other] } }])
  expect([...store.getState().files]).toEqual([
    [sha256, true],
    [other, false],
  ])
})

describe('a download', () => {
  it('shows its progress, then that the file is here', async () => {
    const file = attachment()
    results['media.download'] = () => {
      listeners.get('media.progress')?.({ object: file.object, done: 3, size: 5 })
      expect(store.getState().transfers.get(file.object)).toEqual({ state: 'running', done: 3, size: 5 })
      return { outcome: 'done' }
    }
    await Promise.all([service.download(place, file), service.download(place, file)])
    expect(names()).toEqual(['media.download'])
    expect(store.getState().files.get(sha256)).toBe(true)
    expect(store.getState().transfers.size).toBe(0)
  })

  it('shows why it has failed', async () => {
    const file = attachment()
    results['media.download'] = () => ({ outcome: 'gone' })
    await service.download(place, file)
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'failed', failure: 'gone' })
    results['media.download'] = () => ({ outcome: 'stopped' })
    await service.download(place, file)
    expect(store.getState().transfers.size).toBe(0)
  })

  it('does not begin when it was cancelled while it waited', async () => {
    const running = Promise.withResolvers<unknown>()
    results['media.download'] = () => running.promise
    const first = Array.from({ length: 4 }, () => service.download(place, attachment()))
    const file = attachment()
    const waiting = service.download(place, file)
    await expect.poll(() => names().length).toBe(4)
    service.cancelDownload(file.object)
    running.resolve({ outcome: 'done' })
    await Promise.all([...first, waiting])
    expect(names().filter((name) => name === 'media.download')).toHaveLength(4)
    expect(store.getState().transfers.size).toBe(0)
  })
})

describe('a download that the person asked for', () => {
  const asked = { asked: true }

  it('is listed until it is here', async () => {
    const file = attachment()
    results['media.download'] = () => {
      expect(store.getState().listed.get(file.object)).toMatchObject({ direction: 'down', chatId })
      return { outcome: 'done' }
    }
    await service.download(place, file, asked)
    expect(calls[0]?.args).toMatchObject({ asked: true })
    expect(store.getState().listed.size).toBe(0)
    await service.download(place, attachment())
    expect(calls[1]?.args).toMatchObject({ asked: false })
  })

  it('stays listed when it fails, and begins again when the connection comes back', async () => {
    const file = attachment()
    results['media.download'] = () => ({ outcome: 'offline' })
    await service.download(place, file, asked)
    expect(store.getState().listed.has(file.object)).toBe(true)
    results['media.download'] = () => ({ outcome: 'done' })
    store.setState({ connection: 'online' })
    await expect.poll(() => store.getState().listed.size).toBe(0)
    expect(store.getState().files.get(sha256)).toBe(true)
  })

  it('leaves the list when the person removes it', async () => {
    const file = attachment()
    results['media.download'] = () => ({ outcome: 'gone' })
    await service.download(place, file, asked)
    service.cancelDownload(file.object)
    expect(store.getState().listed.size).toBe(0)
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'failed', failure: 'gone' })
  })

  it('can be paused, and continues where it was', async () => {
    const file = attachment()
    results['media.download'] = () => {
      listeners.get('media.progress')?.({ object: file.object, done: 3, size: 5 })
      service.pause(file.object)
      return { outcome: 'stopped' }
    }
    await service.download(place, file, asked)
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'paused', done: 3, size: 5 })
    results['media.download'] = () => {
      expect(store.getState().transfers.get(file.object)).toEqual({ state: 'running', done: 3, size: 5 })
      return { outcome: 'done' }
    }
    service.resume(file.object)
    await expect.poll(() => store.getState().transfers.size).toBe(0)
    expect(store.getState().listed.size).toBe(0)
  })
})

describe('a file that can be seen', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const downloads = (): number => names().filter((name) => name === 'media.download').length
  const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it('is downloaded, and tried again after growing waits while it is seen', async () => {
    results['media.download'] = () => ({ outcome: 'offline' })
    const unwant = service.want(place, attachment())
    await later(0)
    expect(downloads()).toBe(1)
    await later(2000)
    expect(downloads()).toBe(2)
    await later(1000)
    expect(downloads()).toBe(2)
    await later(3000)
    expect(downloads()).toBe(3)
    unwant()
    await later(1_000_000)
    expect(downloads()).toBe(3)
    expect(store.getState().listed.size).toBe(0)
  })

  it('is not tried sooner because it was scrolled away, but at once when the connection is back', async () => {
    const file = attachment()
    results['media.download'] = () => ({ outcome: 'offline' })
    service.want(place, file)()
    await later(0)
    service.want(place, file)()
    await later(0)
    expect(downloads()).toBe(1)
    store.setState({ connection: 'online' })
    service.want(place, file)
    await later(0)
    expect(downloads()).toBe(2)
  })

  it.each(['gone', 'denied', 'damaged', 'full'])('is not tried again when it is %s', async (outcome) => {
    results['media.download'] = () => ({ outcome })
    service.want(place, attachment())
    await later(1_000_000)
    expect(downloads()).toBe(1)
  })

  it('is not downloaded by itself again after the person has stopped it', async () => {
    const file = attachment()
    results['media.download'] = () => {
      service.cancelDownload(file.object)
      return { outcome: 'stopped' }
    }
    service.want(place, file)()
    await later(0)
    service.want(place, file)
    await later(1_000_000)
    expect(downloads()).toBe(1)
    results['media.download'] = () => ({ outcome: 'done' })
    void service.download(place, file)
    await later(0)
    expect(store.getState().files.get(sha256)).toBe(true)
  })
})

describe('an upload', () => {
  const upload = () => {
    const { enc: _, ...file } = attachment()
    return { ...file, place }
  }

  it.each([
    ['done', { outcome: 'done' }],
    ['denied', { outcome: 'failed', failure: 'denied' }],
    ['lost', { outcome: 'failed', failure: 'lost' }],
  ])('that ends as %s ends its intent', async (outcome, expected) => {
    results['media.upload'] = () => ({ outcome })
    const payload = upload()
    await expect(transfers.upload(payload)).resolves.toEqual(expected)
    // Its intent is not acknowledged yet, so a change of the outbox still lists it.
    const intent = { kind: 'upload', key: payload.object, version: 1, payload }
    listeners.get('replica.changed')?.({ outbox: [intent] })
    expect(store.getState().transfers.size).toBe(0)
    expect(store.getState().listed.size).toBe(0)
  })

  it('keeps its progress while it waits for the network', async () => {
    const file = upload()
    results['media.upload'] = () => {
      listeners.get('media.progress')?.({ object: file.object, done: 3, size: 5 })
      return { outcome: 'offline' }
    }
    await expect(transfers.upload(file)).rejects.toMatchObject({ failure: 'offline' })
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'waiting', done: 3, size: 5 })
  })

  it('is listed as soon as it waits in the outbox, and not when it is the photo of a person', () => {
    const file = upload()
    const own = { ...upload(), place: { userId: me } }
    const intents = [file, own].map((payload) => ({
      kind: 'upload',
      key: payload.object,
      version: 1,
      payload,
    }))
    listeners.get('replica.changed')?.({ outbox: intents })
    listeners.get('replica.changed')?.({ outbox: intents })
    expect([...store.getState().listed.keys()]).toEqual([file.object])
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'waiting', done: 0, size: 5 })
    listeners.get('replica.changed')?.({ outbox: [] })
    expect(store.getState().listed.size).toBe(0)
  })

  it('is forgotten when its message was deleted while it waited for the network', async () => {
    results['media.upload'] = () => ({ outcome: 'offline' })
    await expect(transfers.upload(upload())).rejects.toMatchObject({ failure: 'offline' })
    listeners.get('replica.changed')?.({ outbox: [] })
    expect(store.getState().transfers.size).toBe(0)
  })

  it('is forgotten when its message was deleted while it lost the network', async () => {
    results['media.upload'] = () => {
      listeners.get('replica.changed')?.({ outbox: [] })
      return { outcome: 'offline' }
    }
    await expect(transfers.upload(upload())).rejects.toMatchObject({ failure: 'offline' })
    expect(store.getState().transfers.size).toBe(0)
  })

  it('stays paused until it is resumed', async () => {
    const file = upload()
    results['media.upload'] = () => {
      service.pause(file.object)
      listeners.get('media.progress')?.({ object: file.object, done: 5, size: 5 })
      return { outcome: 'stopped' }
    }
    await expect(transfers.upload(file)).rejects.toMatchObject({ failure: 'offline' })
    expect(store.getState().transfers.get(file.object)).toEqual({ state: 'paused', done: 0, size: 5 })
    expect(transfers.isPaused(file.object)).toBe(true)
    service.resume(file.object)
    expect([transfers.isPaused(file.object), resumed]).toEqual([false, 1])
  })

  it('stops when its message was deleted, also while it is paused', async () => {
    const [running, paused] = [upload(), upload()]
    results['media.upload'] = ({ object }) => {
      if (object === paused.object) service.pause(paused.object)
      else listeners.get('replica.changed')?.({ outbox: [] })
      return { outcome: 'stopped' }
    }
    await expect(transfers.upload(paused)).rejects.toMatchObject({ failure: 'offline' })
    await expect(transfers.upload(running)).rejects.toMatchObject({ failure: 'offline' })
    expect(calls.filter(({ method }) => method === 'media.pause').map(({ args }) => args['object'])).toEqual([
      paused.object,
      running.object,
    ])
    expect(store.getState().transfers.size).toBe(0)
    expect(transfers.isPaused(paused.object)).toBe(false)
  })
})

it('forgets all transfers when the session ends', () => {
  const object = newObjectId()
  store.setState({ transfers: new Map([[object, { state: 'failed', failure: 'gone' }]]) })
  transfers.stop()
  expect(store.getState().transfers.size).toBe(0)
})

it('fetches a file that is not here, and says whether it is here then', async () => {
  expect(await service.fetch(place, attachment())).toBe(true)
  expect(names()).toEqual(['media.has'])
  let isHere = false
  results['media.has'] = ({ sha256s }) => (isHere ? sha256s : [])
  results['media.download'] = () => {
    isHere = true
    return { outcome: 'done' }
  }
  expect(await service.fetch(place, attachment())).toBe(true)
  isHere = false
  results['media.download'] = () => ({ outcome: 'offline' })
  expect(await service.fetch(place, attachment())).toBe(false)
})

describe('deleting an object', () => {
  it('is done or dropped as Storage answers, and tried again without the network', async () => {
    const answers = ['done', 'denied', 'offline']
    results['media.delete'] = () => ({ outcome: answers.shift() })
    const object = newObjectId()
    expect(await transfers.deleteObject(place, object)).toEqual({ outcome: 'done' })
    expect(await transfers.deleteObject(place, object)).toEqual({ outcome: 'dropped' })
    await expect(transfers.deleteObject(place, object)).rejects.toMatchObject({ failure: 'offline' })
    expect(calls[0]).toEqual({ method: 'media.delete', args: { place, object, token: 'token' } })
  })
})
