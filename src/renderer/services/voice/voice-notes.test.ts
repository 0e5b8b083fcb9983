import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import { LONGEST_MS } from '#shared/bridge/voice.ts'
import { chatIdSchema, phoneSchema } from '#shared/domain/ids.ts'
import { chatId, me } from '#shared/domain/test-data.ts'
import { LEVEL_MS } from '#shared/domain/wave.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { BridgeError, type AccountBridge, type Platform } from '../../platform/bridge.ts'
import { createAppStore, initialState, type AppStore } from '../../stores/app-store.ts'
import type { VoiceNote } from '../../stores/voice-note.ts'
import { AppError } from '../services.ts'
import type { Capture, CaptureListener } from './capture.ts'
import { VoiceNotes } from './voice-notes.ts'

const otherChat = chatIdSchema.parse('Group000000000000001')
const sha256 = sha256Schema.parse('a'.repeat(64))

/** A microphone that the test speaks into. */
interface FakeMicrophone {
  listener: CaptureListener
  stopped: boolean
}

let store: AppStore
let microphones: FakeMicrophone[]
let microphoneCalls: string[]
/** What the replica has: the levels and the bytes of the parts, by chat. */
let stored: Map<string, { levels: string; bytes: number[] }[]>
let call: Mock<(method: string, args: never) => Promise<unknown>>
let send: Mock<(chat: string, body: KnownBody) => Promise<void>>
let startError: Error | null
/** The microphone starts when this resolves. */
let ready: Promise<void>
let imported: Blob[]
let voiceNotes: VoiceNotes

function replicaCall(
  method: string,
  args: { chatId: string; part: number; bytes: Uint8Array; levels: string },
) {
  const parts = stored.get(args?.chatId) ?? []
  if (method === 'voice.append') {
    const kept = args.part === 0 ? [] : parts
    kept[args.part] = { levels: args.levels, bytes: [...args.bytes] }
    stored.set(args.chatId, kept)
  }
  if (method === 'voice.remove') stored.delete(args.chatId)
  if (method === 'voice.read') return new Uint8Array(parts.flatMap(({ bytes }) => bytes))
  if (method === 'voice.recordings')
    return [...stored].map(([id, all]) => ({ chatId: id, levels: all.map(({ levels }) => levels).join('') }))
  return undefined
}

function start(): VoiceNotes {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the voice notes call
  const replica = { call } as unknown as AccountBridge
  const platformCall = (method: string): Promise<string> => {
    microphoneCalls.push(method)
    return Promise.resolve('granted')
  }
  return new VoiceNotes({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the methods of the microphone
    platform: { call: platformCall } as unknown as Platform,
    account: () => ({ replica }),
    store,
    conversation: { send },
    media: () =>
      Promise.resolve({
        importFile: (blob) => {
          imported.push(blob)
          return Promise.resolve({ sha256, size: blob.size })
        },
      }),
    startCapture: async (listener): Promise<Capture> => {
      await ready
      if (startError !== null) throw startError
      const microphone = { listener, stopped: false }
      microphones.push(microphone)
      return {
        pause: () => undefined,
        resume: () => undefined,
        stop: () => {
          microphone.stopped = true
          return Promise.resolve()
        },
      }
    },
    report: () => undefined,
  })
}

beforeEach(() => {
  const phone = phoneSchema.parse('+14155550100')
  store = createAppStore({ session: { phase: 'ready', me, phone } })
  microphones = []
  microphoneCalls = []
  stored = new Map()
  startError = null
  ready = Promise.resolve()
  imported = []
  call = vi.fn<(method: string, args: never) => Promise<unknown>>((method, args) =>
    Promise.resolve(replicaCall(method, args)),
  )
  send = vi.fn<(chat: string, body: KnownBody) => Promise<void>>(() => Promise.resolve())
  voiceNotes = start()
})

const note = (id = chatId): VoiceNote | undefined => store.getState().voiceNotes.get(id)

/** Speaks: each level is one of a second of sound, and the second is one part. */
function speak(levels: string, bytes: number[]): void {
  const { listener } = microphones.at(-1) ?? {}
  for (const level of levels) listener?.level(level)
  listener?.part(new Uint8Array(bytes))
}

describe('recording', () => {
  it('stores each part at once, and sends all of them as one file', async () => {
    await voiceNotes.start(chatId)
    expect(note()).toEqual({ phase: 'recording', problem: null })
    speak('01f', [1, 2])
    speak('4', [3])
    await vi.waitFor(() => expect(stored.get(chatId)).toHaveLength(2))
    await voiceNotes.send(chatId)
    expect(new Uint8Array((await imported[0]?.arrayBuffer()) ?? [])).toEqual(new Uint8Array([1, 2, 3]))
    expect(send.mock.calls).toMatchObject([
      [chatId, { kind: 'voice', duration: 4 * LEVEL_MS, file: { sha256, size: 3, mime: 'audio/webm' } }],
    ])
    expect(note()).toBeUndefined()
    expect(stored.size).toBe(0)
    expect(microphones[0]?.stopped).toBe(true)
    expect(microphoneCalls).toEqual(['microphone.open', 'microphone.close'])
  })

  it('keeps the recording when it cannot be sent, and sends it at the next try', async () => {
    await voiceNotes.start(chatId)
    speak('1', [1])
    send.mockRejectedValueOnce(new AppError('storage'))
    await voiceNotes.send(chatId)
    expect(note()).toEqual({ phase: 'done', problem: 'unsent' })
    expect(stored.get(chatId)).toHaveLength(1)
    await voiceNotes.send(chatId)
    expect(send).toHaveBeenCalledTimes(2)
    expect(imported).toHaveLength(1)
    expect(note()).toBeUndefined()
  })

  it('survives the end of the app', async () => {
    await voiceNotes.start(chatId)
    speak('12', [1])
    await vi.waitFor(() => expect(stored.size).toBe(1))
    store.setState({ voiceNotes: new Map() })
    const next = start()
    await next.restore()
    expect(note()).toEqual({ phase: 'done', problem: null })
    expect(next.levels(chatId)).toBe('12')
    await next.send(chatId)
    expect(send).toHaveBeenCalledOnce()
  })

  it('of an earlier session is not replaced by a new one', async () => {
    stored.set(chatId, [{ levels: '5', bytes: [5] }])
    await voiceNotes.start(chatId)
    expect(note()).toEqual({ phase: 'done', problem: null })
    expect(microphones).toEqual([])
  })

  it('ends when another chat records, and waits in its chat', async () => {
    await voiceNotes.start(chatId)
    speak('1', [1])
    await voiceNotes.start(otherChat)
    expect(note()).toMatchObject({ phase: 'done' })
    expect(note(otherChat)).toMatchObject({ phase: 'recording' })
    expect(microphones.map(({ stopped }) => stopped)).toEqual([true, false])
  })

  it('that is discarded leaves nothing', async () => {
    await voiceNotes.start(chatId)
    speak('1', [1])
    await voiceNotes.discard(chatId)
    expect(note()).toBeUndefined()
    expect(stored.size).toBe(0)
    expect(microphones[0]?.stopped).toBe(true)
  })

  it('that is discarded while the microphone starts releases it', async () => {
    const gate = Promise.withResolvers<void>()
    ready = gate.promise
    const starting = voiceNotes.start(chatId)
    await vi.waitFor(() => expect(note()).toMatchObject({ phase: 'starting' }))
    await voiceNotes.discard(chatId)
    gate.resolve()
    await starting
    expect(microphones).toHaveLength(1)
    expect(note()).toBeUndefined()
    expect(microphones.every(({ stopped }) => stopped)).toBe(true)
    expect(microphoneCalls.at(-1)).toBe('microphone.close')
  })

  it('ends when nobody is signed in any more', async () => {
    await voiceNotes.start(chatId)
    store.setState({ ...initialState, session: { phase: 'signedOut' } })
    await vi.waitFor(() => expect(microphones[0]?.stopped).toBe(true))
    expect(note()).toBeUndefined()
  })
})

describe('a recording that cannot go on', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'broken'],
  ])('says why it did not start: %s', async (name, problem) => {
    startError = new DOMException('no', name)
    await voiceNotes.start(chatId)
    expect(note()).toEqual({ phase: 'failed', problem })
    expect(microphoneCalls.at(-1)).toBe('microphone.close')
    startError = null
    await voiceNotes.start(chatId)
    expect(note()).toMatchObject({ phase: 'recording' })
  })

  it('keeps what was recorded before the microphone was unplugged', async () => {
    await voiceNotes.start(chatId)
    speak('1', [1])
    microphones[0]?.listener.ended()
    await vi.waitFor(() => expect(note()).toEqual({ phase: 'done', problem: 'unplugged' }))
  })

  it('keeps what was stored before the disk was full, without a gap', async () => {
    await voiceNotes.start(chatId)
    speak('1', [1])
    await vi.waitFor(() => expect(stored.size).toBe(1))
    call.mockRejectedValueOnce(new BridgeError({ code: 'store', message: 'full' }))
    call.mockRejectedValueOnce(new BridgeError({ code: 'store', message: 'full' }))
    speak('2', [2])
    speak('3', [3])
    await vi.waitFor(() => expect(note()).toEqual({ phase: 'done', problem: 'storage' }))
    expect(stored.get(chatId)).toEqual([{ levels: '1', bytes: [1] }])
  })

  it('stores a part again when that failed once', async () => {
    await voiceNotes.start(chatId)
    call.mockRejectedValueOnce(new BridgeError({ code: 'store', message: 'the store has ended' }))
    speak('1', [1])
    await vi.waitFor(() => expect(stored.get(chatId)).toHaveLength(1))
    expect(note()).toMatchObject({ phase: 'recording' })
  })

  it('ends after an hour', async () => {
    await voiceNotes.start(chatId)
    speak('1'.repeat(600), [1])
    speak('1'.repeat(LONGEST_MS / LEVEL_MS - 600), [2])
    await vi.waitFor(() => expect(note()).toEqual({ phase: 'done', problem: 'limit' }))
  })
})
