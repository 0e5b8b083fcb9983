import { LONGEST_MS } from '#shared/bridge/voice.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { durationOf, waveOf } from '#shared/domain/wave.ts'
import { newObjectId } from '#shared/messages/attachment.ts'
import { VOICE_MIME } from '#shared/messages/kinds/voice.ts'
import type { AccountBridge, Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { VoiceNote, VoiceProblem } from '../../stores/voice-note.ts'
import { toAppError } from '../app/errors.ts'
import type { Report } from '../app/report.ts'
import { currentReplica } from '../replica/current-replica.ts'
import {
  AppError,
  type ConversationService,
  type MediaService,
  type StoredFile,
  type VoiceNotesService,
} from '../services.ts'
import type { Capture, StartCapture } from './capture.ts'

export interface VoiceNotesOptions {
  platform: Pick<Platform, 'call'>
  account: () => { replica: AccountBridge } | undefined
  store: AppStore
  conversation: Pick<ConversationService, 'send'>
  media: () => Promise<Pick<MediaService, 'importFile'>>
  startCapture: StartCapture
  report: Report
}

/** A recording, in this session or an earlier one. */
interface Recording {
  chatId: ChatId
  replica: AccountBridge
  levels: string
  /** How many of `levels` the replica has. */
  storedLevels: number
  /** How many parts the replica has. */
  parts: number
  capture: Capture | null
  /** Ends when the parts that have arrived are stored. Never rejects. */
  storing: Promise<void>
  /** A part could not be stored. A later one must not follow the gap. */
  isBroken: boolean
  /** The bytes as a file of this machine; null: not imported yet. */
  file: Promise<StoredFile> | null
}

/**
 * Voice notes from the microphone to their message. While one is recorded, its parts go to the replica. So at most a second is lost,
 * whatever happens to the app, and the next start offers the recording again.
 */
export class VoiceNotes implements VoiceNotesService {
  readonly #options: VoiceNotesOptions
  readonly #recordings = new Map<ChatId, Recording>()
  readonly #listeners = new Set<() => void>()
  #restored: AccountBridge | undefined

  constructor(options: VoiceNotesOptions) {
    this.#options = options
    options.store.subscribe(({ session }) => {
      if (session.phase !== 'ready') void this.#leave()
    })
  }

  async restore(): Promise<void> {
    const replica = this.#options.account()?.replica
    if (replica === undefined || replica === this.#restored) return
    this.#restored = replica
    try {
      for (const { chatId, levels } of await replica.call('voice.recordings')) {
        if (this.#recordings.has(chatId)) continue
        const stored = { storedLevels: levels.length, parts: 0 }
        this.#recordings.set(chatId, { ...newRecording(chatId, replica), levels, ...stored })
        this.#show(chatId, { phase: 'done', problem: null })
      }
    } catch (error) {
      this.#restored = undefined
      this.#options.report('voice.restore', error)
    }
  }

  async start(chatId: ChatId): Promise<void> {
    // A new recording would replace one of an earlier session.
    await this.restore()
    const phase = this.#phase(chatId)
    if (phase !== undefined && phase !== 'failed') return
    await Promise.all([...this.#recordings.keys()].map((other) => this.stop(other)))
    const recording = newRecording(chatId, currentReplica(this.#options.account))
    this.#recordings.set(chatId, recording)
    this.#show(chatId, { phase: 'starting', problem: null })
    try {
      await this.#openMicrophone(recording)
    } catch (error) {
      this.#closeMicrophone()
      if (this.#recordings.get(chatId) !== recording) return
      this.#show(chatId, { phase: 'failed', problem: problemOf(error) })
    }
  }

  async #openMicrophone(recording: Recording): Promise<void> {
    const { platform, startCapture } = this.#options
    const isGranted = (await platform.call('microphone.open')) === 'granted'
    if (!isGranted) throw new DOMException('The system refuses', 'NotAllowedError')
    const { chatId } = recording
    const capture = await startCapture({
      level: (level) => this.#add(recording, level),
      part: (bytes) => {
        recording.storing = recording.storing.then(() => this.#store(recording, bytes))
      },
      ended: () => void this.#end(chatId, 'unplugged'),
    })
    // It was discarded while the microphone started.
    if (this.#recordings.get(chatId) !== recording) return this.#release(capture)
    recording.capture = capture
    this.#show(chatId, { phase: 'recording', problem: null })
  }

  pause(chatId: ChatId): void {
    if (this.#phase(chatId) !== 'recording') return
    this.#recordings.get(chatId)?.capture?.pause()
    this.#show(chatId, { phase: 'paused', problem: null })
  }

  resume(chatId: ChatId): void {
    if (this.#phase(chatId) !== 'paused') return
    this.#recordings.get(chatId)?.capture?.resume()
    this.#show(chatId, { phase: 'recording', problem: null })
  }

  async stop(chatId: ChatId): Promise<void> {
    const phase = this.#phase(chatId)
    if (phase === 'starting') await this.discard(chatId)
    else if (phase === 'recording' || phase === 'paused') await this.#end(chatId, null)
  }

  async discard(chatId: ChatId): Promise<void> {
    const recording = this.#recordings.get(chatId)
    this.#forget(chatId)
    if (recording === undefined) return
    if (recording.capture !== null) await this.#release(recording.capture)
    await recording.storing
    try {
      await recording.replica.call('voice.remove', { chatId })
    } catch (error) {
      // It is offered again at the next start.
      this.#options.report('voice.remove', error)
    }
  }

  async file(chatId: ChatId): Promise<StoredFile> {
    const recording = this.#recordings.get(chatId)
    if (recording === undefined) throw new AppError('unexpected')
    try {
      return await (recording.file ??= this.#import(recording))
    } catch (error) {
      recording.file = null
      throw toAppError(error)
    }
  }

  async #import({ chatId, replica }: Recording): Promise<StoredFile> {
    const bytes = await replica.call('voice.read', { chatId })
    const media = await this.#options.media()
    return media.importFile(new Blob([bytes], { type: VOICE_MIME }))
  }

  async send(chatId: ChatId): Promise<void> {
    await this.stop(chatId)
    if (this.#phase(chatId) !== 'done') return
    this.#show(chatId, { phase: 'sending', problem: null })
    try {
      const levels = this.levels(chatId)
      const { sha256, size } = await this.file(chatId)
      const file = { object: newObjectId(), size, sha256, mime: VOICE_MIME, enc: null }
      const duration = durationOf(levels)
      await this.#options.conversation.send(chatId, { kind: 'voice', file, duration, wave: waveOf(levels) })
      await this.discard(chatId)
    } catch (error) {
      this.#options.report('voice.send', error)
      this.#show(chatId, { phase: 'done', problem: 'unsent' })
    }
  }

  levels(chatId: ChatId): string {
    return this.#recordings.get(chatId)?.levels ?? ''
  }

  onLevels(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  openMicrophoneSettings(): Promise<boolean> {
    return this.#options.platform.call('microphone.openSettings')
  }

  /** Ends the recording, and keeps it. */
  async #end(chatId: ChatId, problem: VoiceProblem | null): Promise<void> {
    const recording = this.#recordings.get(chatId)
    const capture = recording?.capture
    if (recording === undefined || capture === null || capture === undefined) return
    recording.capture = null
    await this.#release(capture)
    await recording.storing
    if (this.#recordings.get(chatId) !== recording) return
    if (recording.parts > 0) this.#show(chatId, { phase: 'done', problem })
    else this.#show(chatId, { phase: 'failed', problem: problem ?? 'broken' })
  }

  async #store(recording: Recording, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { chatId, replica, parts, storedLevels } = recording
    if (recording.isBroken) return
    const levels = recording.levels.slice(storedLevels)
    const part = { chatId, part: parts, bytes, levels }
    try {
      // The same part can be stored twice.
      await replica.call('voice.append', part).catch(() => replica.call('voice.append', part))
      recording.parts += 1
      recording.storedLevels += levels.length
    } catch (error) {
      this.#options.report('voice.append', error)
      recording.isBroken = true
      // Not awaited: the end waits for this promise.
      void this.#end(chatId, 'storage')
    }
  }

  #add(recording: Recording, level: string): void {
    recording.levels += level
    for (const listener of this.#listeners) listener()
    if (durationOf(recording.levels) >= LONGEST_MS) void this.#end(recording.chatId, 'limit')
  }

  async #release(capture: Capture): Promise<void> {
    try {
      await capture.stop()
    } finally {
      this.#closeMicrophone()
    }
  }

  #closeMicrophone(): void {
    const { platform, report } = this.#options
    platform.call('microphone.close').catch((error: unknown) => report('microphone.close', error))
  }

  /** Nobody is signed in any more. */
  async #leave(): Promise<void> {
    const recordings = [...this.#recordings.values()]
    this.#recordings.clear()
    this.#restored = undefined
    for (const { capture } of recordings) if (capture !== null) await this.#release(capture)
  }

  #phase(chatId: ChatId): VoiceNote['phase'] | undefined {
    return this.#options.store.getState().voiceNotes.get(chatId)?.phase
  }

  #show(chatId: ChatId, note: VoiceNote): void {
    if (!this.#recordings.has(chatId)) return
    this.#options.store.setState(({ voiceNotes }) => ({ voiceNotes: new Map(voiceNotes).set(chatId, note) }))
  }

  #forget(chatId: ChatId): void {
    this.#recordings.delete(chatId)
    this.#options.store.setState(({ voiceNotes }) => {
      const others = new Map(voiceNotes)
      others.delete(chatId)
      return { voiceNotes: others }
    })
  }
}

function newRecording(chatId: ChatId, replica: AccountBridge): Recording {
  return {
    chatId,
    replica,
    levels: '',
    storedLevels: 0,
    parts: 0,
    capture: null,
    storing: Promise.resolve(),
    isBroken: false,
    file: null,
  }
}

/** The errors of getUserMedia. */
const problems: Readonly<Record<string, VoiceProblem>> = {
  NotAllowedError: 'denied',
  NotFoundError: 'missing',
  NotReadableError: 'busy',
}

function problemOf(error: unknown): VoiceProblem {
  return (error instanceof Error ? problems[error.name] : undefined) ?? 'broken'
}
