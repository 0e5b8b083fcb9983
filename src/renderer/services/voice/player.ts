import type { Message } from '#shared/messages/envelope.ts'
import type { Attachment, Sha256 } from '#shared/messages/attachment.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppState, AppStore } from '../../stores/app-store.ts'
import { keyOf, type Messages } from '../../stores/messages.ts'
import {
  isOfMessage,
  type PlayerFailure,
  type PlayerState,
  type Rate,
  type Track,
} from '../../stores/player.ts'
import type { VoiceNote } from '../../stores/voice-note.ts'
import type { Report } from '../app/report.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { MediaService, PlayerService } from '../services.ts'

/** Whether a file is here is known at once. If the answer is lost, the player goes on as if it were not. In ms. */
const LOOK_TIMEOUT_MS = 2000
/** Beyond the end of any sound, in seconds. */
const FAR = 1e7

export interface PlayerOptions {
  account: () => { replica: AccountBridge } | undefined
  store: AppStore
  media: () => Promise<Pick<MediaService, 'look' | 'download'>>
  mediaUrl: (sha256: Sha256, mime: string) => string
  report: Report
  audio: HTMLAudioElement
}

/** The one player of the app. It plays on while other chats are shown. Its state is in the store. */
export class Player implements PlayerService {
  readonly #options: PlayerOptions
  #rate: Rate = 1
  /** Grows with each track, so that a late answer for an earlier one is ignored. */
  #generation = 0

  constructor(options: PlayerOptions) {
    this.#options = options
    const { audio, store } = options
    audio.preload = 'auto'
    for (const event of ['playing', 'pause', 'seeked', 'ratechange', 'durationchange'])
      audio.addEventListener(event, () => this.#note())
    audio.addEventListener('waiting', () => this.#patch({ phase: 'loading' }))
    audio.addEventListener('ended', () => void this.#next())
    audio.addEventListener('error', () => this.#onError())
    store.subscribe(({ player, voiceNotes, messages }, before) => {
      // Signing out clears the store.
      if (player === null && audio.src !== '') this.#silence()
      if (player !== null && messages !== before.messages && wasDeleted(messages, player)) this.close()
      // The microphone would record what is played.
      const starts = voiceNotes !== before.voiceNotes && [...voiceNotes.values()].some(isStarting)
      if (starts) audio.pause()
    })
  }

  toggle(track: Track): Promise<void> {
    const { audio } = this.#options
    const current = this.#current(track)
    if (current === null || current.phase === 'failed') return this.#play(track, 0, true)
    if (!audio.paused) audio.pause()
    else if (current.phase === 'paused') return this.#start(this.#generation)
    else this.close()
    return Promise.resolve()
  }

  async seek(track: Track, position: number): Promise<void> {
    const { audio } = this.#options
    const current = this.#current(track)
    if (current === null || current.phase === 'failed') return this.#play(track, position, true)
    audio.currentTime = position / 1000
    this.#patch({ position, since: performance.now() })
  }

  setRate(rate: Rate): void {
    this.#rate = rate
    this.#options.audio.playbackRate = rate
    this.#note()
  }

  setInView(key: Track['key'], inView: boolean): void {
    const { player } = this.#options.store.getState()
    if (player?.track.key === key && player.inView !== inView) this.#patch({ inView })
  }

  close(): void {
    this.#generation += 1
    this.#options.store.setState({ player: null })
  }

  pause(): void {
    this.#options.audio.pause()
  }

  async #play(track: Track, position: number, inView: boolean): Promise<void> {
    const { audio, store, mediaUrl, report } = this.#options
    this.#generation += 1
    const generation = this.#generation
    audio.pause()
    const since = performance.now()
    const start = { track, rate: this.#rate, position, since, duration: null, inView }
    store.setState({ player: { ...start, phase: 'loading', failure: null } })
    try {
      const failure = track.remote === null ? null : await this.#fetch(track.remote)
      if (generation !== this.#generation) return
      if (failure !== null) return this.#fail(failure)
      audio.src = mediaUrl(track.sha256, track.mime)
      await this.#findDuration(generation)
      if (generation !== this.#generation) return
      audio.currentTime = position / 1000
      audio.playbackRate = this.#rate
      await this.#start(generation)
    } catch (error) {
      report('player', error)
      if (generation === this.#generation) this.#fail('unplayable')
    }
  }

  async #start(generation: number): Promise<void> {
    try {
      await this.#options.audio.play()
    } catch (error) {
      // Another track or a pause came before the sound.
      if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error
    }
    const { player } = this.#options.store.getState()
    if (generation === this.#generation && player?.track.voice != null) await this.#markHeard(player.track)
  }

  /**
   * A recording of Chromium does not say how long it is, and then nobody can move in it. Seeking far beyond the end makes Chromium read
   * the file to its end.
   */
  async #findDuration(generation: number): Promise<void> {
    const { audio } = this.#options
    await when(audio, 'loadedmetadata')
    if (generation !== this.#generation || Number.isFinite(audio.duration)) return
    audio.currentTime = FAR
    await when(audio, 'seeked')
  }

  /** Returns why the file cannot be had; null: it is here. */
  async #fetch(file: Attachment): Promise<PlayerFailure | null> {
    const { store, media } = this.#options
    const service = await media()
    if (!store.getState().files.has(file.sha256)) {
      service.look(file.sha256)
      await until(store, ({ files }) => files.has(file.sha256), LOOK_TIMEOUT_MS)
    }
    if (store.getState().files.get(file.sha256) === true) return null
    const { chatId } = store.getState().player?.track ?? {}
    if (chatId === undefined) return null
    await service.download({ chatId }, file)
    if (store.getState().files.get(file.sha256) === true) return null
    const transfer = store.getState().transfers.get(file.object)
    return transfer?.state === 'failed' ? transfer.failure : 'offline'
  }

  async #markHeard({ chatId, voice }: Track): Promise<void> {
    const { store, account, report } = this.#options
    const { session } = store.getState()
    if (voice === null || session.phase !== 'ready' || voice.senderId === session.me) return
    try {
      await currentReplica(account).call('voice.markHeard', { chatId, id: voice.id })
    } catch (error) {
      report('voice.markHeard', error)
    }
  }

  /** At the end of a voice note: plays the next one of the chat that was not heard. */
  async #next(): Promise<void> {
    const generation = this.#generation
    const { store, account, report } = this.#options
    const track = store.getState().player?.track
    try {
      const next =
        track?.voice == null
          ? null
          : await currentReplica(account).call('voice.nextUnheard', {
              chatId: track.chatId,
              id: track.voice.id,
            })
      if (generation !== this.#generation) return
      const following = next === null ? null : voiceTrack(next)
      if (following === null) this.close()
      // Its bubble reports itself if it can be seen.
      else await this.#play(following, 0, false)
    } catch (error) {
      report('player.next', error)
      if (generation === this.#generation) this.close()
    }
  }

  #onError(): void {
    const { player } = this.#options.store.getState()
    // Clearing the source is an error too.
    if (player !== null && this.#options.audio.error !== null) this.#fail('unplayable')
  }

  #fail(failure: PlayerFailure): void {
    this.#patch({ phase: 'failed', failure, position: 0 })
  }

  /** Notes what the audio element does now. */
  #note(): void {
    const { audio, store } = this.#options
    const { player } = store.getState()
    // While the track loads, the element may still have the one before, or looks for the end.
    if (player === null || player.phase === 'failed') return
    const isPlaying = !audio.paused && !audio.seeking && audio.readyState >= HAVE_FUTURE_DATA
    if (player.phase === 'loading' && !isPlaying) return
    this.#patch({
      phase: audio.paused ? 'paused' : 'playing',
      rate: this.#rate,
      position: audio.currentTime * 1000,
      since: performance.now(),
      duration: Number.isFinite(audio.duration) ? audio.duration * 1000 : null,
    })
  }

  #patch(patch: Partial<PlayerState>): void {
    this.#options.store.setState(({ player }) => (player === null ? {} : { player: { ...player, ...patch } }))
  }

  #current(track: Track): PlayerState | null {
    const { player } = this.#options.store.getState()
    return player?.track.key === track.key ? player : null
  }

  #silence(): void {
    const { audio } = this.#options
    this.#generation += 1
    audio.pause()
    audio.removeAttribute('src')
    audio.load()
  }
}

const isStarting = ({ phase }: VoiceNote): boolean => phase === 'starting'

/** HTMLMediaElement.HAVE_FUTURE_DATA. */
const HAVE_FUTURE_DATA = 3

/** The track of a voice note; null for other messages. */
export function voiceTrack({ chatId, id, senderId, body }: Message): Track | null {
  if (body?.kind !== 'voice') return null
  const { sha256, mime } = body.file
  const key = keyOf({ chatId, id })
  return { key, chatId, sha256, mime, remote: body.file, voice: { id, senderId }, fileName: null }
}

/** Resolves with the event. Rejects with the element's error. */
function when(audio: HTMLAudioElement, event: 'loadedmetadata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = new AbortController()
    const settle = (run: () => void) => (): void => {
      end.abort()
      run()
    }
    const { signal } = end
    audio.addEventListener(event, settle(resolve), { signal })
    const fail = (): void => reject(new Error(audio.error?.message ?? 'no sound'))
    audio.addEventListener('error', settle(fail), { signal })
  })
}

/** Resolves when the state is as described, or after a time. */
function until(store: AppStore, test: (state: AppState) => boolean, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const stop = store.subscribe((state) => {
      if (test(state)) finish()
    })
    const timer = setTimeout(finish, timeoutMs)
  })
}

function wasDeleted(messages: Messages, { track: { key } }: PlayerState): boolean {
  return isOfMessage(key) && messages.get(key)?.body === null
}
