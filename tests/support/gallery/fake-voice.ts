import type { ChatId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { LEVEL_MS } from '#shared/domain/wave.ts'
import type { AccountBridge, Platform } from '../../../src/renderer/platform/bridge.ts'
import type {
  ConversationService,
  MediaService,
  PlayerService,
  Services,
  VoiceNotesService,
} from '../../../src/renderer/services/services.ts'
import type { Capture, CaptureListener, StartCapture } from '../../../src/renderer/services/voice/capture.ts'
import { Player } from '../../../src/renderer/services/voice/player.ts'
import { VoiceNotes } from '../../../src/renderer/services/voice/voice-notes.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'
import { keyOf, messagesOf } from '../../../src/renderer/stores/messages.ts'

export interface VoiceControls {
  /** The name of the error with which the microphone does not start; null: it works. */
  failure: { name: string | null }
  /** The microphone goes away. */
  unplug(): void
  /** Recordings of an earlier session: the levels, by chat. */
  stored: Map<ChatId, string>
}

interface FakeVoiceOptions {
  store: AppStore
  conversation: ConversationService
  media: MediaService
  mediaUrl: Services['mediaUrl']
  record: (name: string, ...args: unknown[]) => void
}

/** The real recorder and player over a replica and a microphone that exist only in the page. */
export function fakeVoice({ store, conversation, media, mediaUrl, record }: FakeVoiceOptions): {
  services: Pick<Services, 'voiceNotes' | 'player'>
  controls: VoiceControls
} {
  let listener: CaptureListener | undefined
  const controls: VoiceControls = {
    failure: { name: null },
    unplug: () => listener?.ended(),
    stored: new Map(),
  }
  const startCapture: StartCapture = async (next) => {
    await Promise.resolve()
    if (controls.failure.name !== null) throw new DOMException('no microphone', controls.failure.name)
    listener = next
    return speak(next)
  }
  const report = (event: string, error: unknown): void => record('report', event, String(error))
  const replica = fakeReplica(store, controls, record)
  const account = (): { replica: AccountBridge } => ({ replica })
  const shared = { store, account, media: () => Promise.resolve(media), mediaUrl, report }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the recorder calls only methods of the microphone
  const platform = {
    call: (method: string) => Promise.resolve(method === 'microphone.open' ? 'granted' : false),
  } as unknown as Platform
  let voiceNotes: Promise<VoiceNotesService> | undefined
  let player: Promise<PlayerService> | undefined
  return {
    services: {
      voiceNotes: () =>
        (voiceNotes ??= Promise.resolve(new VoiceNotes({ ...shared, platform, conversation, startCapture }))),
      player: () => (player ??= Promise.resolve(new Player({ ...shared, audio: new Audio() }))),
    },
    controls,
  }
}

/** The store's methods for voice notes. */
function fakeReplica(
  store: AppStore,
  { stored }: VoiceControls,
  record: FakeVoiceOptions['record'],
): AccountBridge {
  const shown = (): Message[] => {
    const { messages, conversation } = store.getState()
    return messagesOf(messages, conversation?.keys ?? [])
  }
  const methods: Record<string, (args: { chatId: ChatId; id: string; levels: string }) => unknown> = {
    'voice.append': ({ chatId, levels }) => void stored.set(chatId, (stored.get(chatId) ?? '') + levels),
    'voice.recordings': () => [...stored].map(([chatId, levels]) => ({ chatId, levels })),
    'voice.read': ({ chatId }) => beep(((stored.get(chatId)?.length ?? 0) * LEVEL_MS) / 1000),
    'voice.remove': ({ chatId }) => void stored.delete(chatId),
    'voice.markHeard': ({ id }) => {
      const message = shown().find((one) => one.id === id)
      if (message === undefined) return
      store.setState(({ messages }) => ({
        messages: new Map(messages).set(keyOf(message), { ...message, heard: true }),
      }))
    },
    'voice.nextUnheard': ({ id }) => {
      const all = shown()
      const after = all.slice(all.findIndex((one) => one.id === id) + 1)
      const { session } = store.getState()
      const isOther = (one: Message): boolean => session.phase === 'ready' && one.senderId !== session.me
      return after.find((one) => one.body?.kind === 'voice' && !one.heard && isOther(one)) ?? null
    },
  }
  const call = async (method: string, args: never): Promise<unknown> => {
    record(method, args)
    await Promise.resolve()
    return methods[method]?.(args)
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the recorder and the player call
  return { call } as unknown as AccountBridge
}

/** A microphone into which somebody speaks. */
function speak(listener: CaptureListener): Capture {
  let spoken = 0
  let paused = false
  const timer = setInterval(() => {
    if (paused) return
    const loud = 6 + 5 * Math.sin(spoken / 3) + 4 * Math.sin(spoken / 1.3)
    listener.level(Math.round(Math.min(15, Math.max(0, loud))).toString(16))
    spoken += 1
    if (spoken % 5 === 0) listener.part(new Uint8Array([0]))
  }, LEVEL_MS)
  return {
    pause: () => void (paused = true),
    resume: () => void (paused = false),
    async stop() {
      clearInterval(timer)
      listener.part(new Uint8Array([0]))
      await Promise.resolve()
    },
  }
}

const SAMPLE_RATE = 8000
const HEADER_BYTES = 44

/** A WAV file of a quiet tone, with 8 bits per sample. */
export function beep(seconds: number): Uint8Array<ArrayBuffer> {
  const size = Math.max(1, Math.round(seconds * SAMPLE_RATE))
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + size))
  const write = (at: number, text: string): void =>
    Array.from(text).forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  write(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + size, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, SAMPLE_RATE, true)
  view.setUint32(28, SAMPLE_RATE, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  write(36, 'data')
  view.setUint32(40, size, true)
  for (let n = 0; n < size; n += 1) view.setUint8(HEADER_BYTES + n, 128 + 20 * Math.sin(n / 4))
  return new Uint8Array(view.buffer)
}
