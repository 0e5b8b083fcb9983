import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest'
import { phoneSchema, type MessageId } from '#shared/domain/ids.ts'
import { ada, chatId, me, message, messageId } from '#shared/domain/test-data.ts'
import { objectIdSchema, sha256Schema, type Attachment } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import { createAppStore, initialState, type AppStore } from '../../stores/app-store.ts'
import type { PlayerState, Track } from '../../stores/player.ts'
import { Player, voiceTrack } from './player.ts'

/** What the player uses of an audio element. The sound has a length of ten seconds, which it says only after a seek. */
class FakeAudio extends EventTarget {
  preload = ''
  paused = true
  seeking = false
  readyState = 4
  playbackRate = 1
  error: { message: string } | null = null
  duration = Infinity
  #src = ''
  #currentTime = 0

  get src(): string {
    return this.#src
  }
  set src(src: string) {
    this.#src = src
    this.duration = Infinity
    queueMicrotask(() => this.dispatchEvent(new Event('loadedmetadata')))
  }
  get currentTime(): number {
    return this.#currentTime
  }
  set currentTime(time: number) {
    this.duration = 10
    this.#currentTime = Math.min(time, 10)
    queueMicrotask(() => this.dispatchEvent(new Event('seeked')))
  }
  play(): Promise<void> {
    this.paused = false
    queueMicrotask(() => this.dispatchEvent(new Event('playing')))
    return Promise.resolve()
  }
  pause(): void {
    if (this.paused) return
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
  removeAttribute(): void {
    this.#src = ''
  }
  load(): void {
    this.paused = true
  }
  end(): void {
    this.paused = true
    this.dispatchEvent(new Event('ended'))
  }
  fail(): void {
    this.error = { message: 'cannot be decoded' }
    this.dispatchEvent(new Event('error'))
  }
}

const attachment = (n: number): Attachment => ({
  object: objectIdSchema.parse(String(n).padStart(32, '0')),
  sha256: sha256Schema.parse(String(n).padStart(64, '0')),
  size: 10,
  mime: 'audio/webm',
  enc: null,
})
const noteOf = (n: number, senderId = ada): Message =>
  message(n, senderId, {
    body: { kind: 'voice', file: attachment(n), duration: 10_000, wave: '0'.repeat(48) },
  })

function trackOf(note: Message): Track {
  const track = voiceTrack(note)
  if (track === null) throw new Error('not a voice note')
  return track
}

let store: AppStore
let audio: FakeAudio
let heard: MessageId[]
let next: Message | null
let download: Mock<(place: object, file: Attachment) => Promise<void>>
let player: Player

beforeEach(() => {
  const phone = phoneSchema.parse('+14155550100')
  const files = new Map([1, 2, 3].map((n) => [attachment(n).sha256, true]))
  store = createAppStore({ session: { phase: 'ready', me, phone }, files })
  audio = new FakeAudio()
  heard = []
  next = null
  download = vi.fn<(place: object, file: Attachment) => Promise<void>>(() => Promise.resolve())
  const call = (method: string, { id }: { id: MessageId }): Promise<unknown> => {
    if (method === 'voice.markHeard') heard.push(id)
    return Promise.resolve(method === 'voice.nextUnheard' ? next : undefined)
  }
  player = new Player({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the player calls
    account: () => ({ replica: { call } as unknown as AccountBridge }),
    store,
    media: () => Promise.resolve({ look: () => undefined, download }),
    mediaUrl: (sha256) => `app://media/${sha256}`,
    report: () => undefined,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only what the player uses
    audio: audio as unknown as HTMLAudioElement,
  })
})

const state = (): PlayerState | null => store.getState().player
const untilPhase = (phase: PlayerState['phase']): Promise<void> =>
  vi.waitFor(() => expect(state()?.phase).toBe(phase))

describe('the player', () => {
  it('plays a note from its start, knows its length, and marks it as heard', async () => {
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    expect(state()).toMatchObject({ position: 0, duration: 10_000, rate: 1, inView: true })
    expect(heard).toEqual([messageId(1)])
  })

  it('does not mark own notes as heard', async () => {
    await player.toggle(trackOf(noteOf(1, me)))
    await untilPhase('playing')
    expect(heard).toEqual([])
  })

  it('pauses and continues where it was', async () => {
    const track = trackOf(noteOf(1))
    await player.toggle(track)
    await untilPhase('playing')
    await player.seek(track, 4000)
    await player.toggle(track)
    await untilPhase('paused')
    await player.toggle(track)
    await untilPhase('playing')
    expect(audio.currentTime).toBe(4)
  })

  it('starts another track at the position that was asked for', async () => {
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    await player.seek(trackOf(noteOf(2)), 3000)
    await vi.waitFor(() => expect(state()).toMatchObject({ phase: 'playing', position: 3000 }))
    expect(state()?.track.key).toBe(trackOf(noteOf(2)).key)
  })

  it('keeps the speed for the next track', async () => {
    await player.toggle(trackOf(noteOf(1)))
    player.setRate(2)
    await player.toggle(trackOf(noteOf(2)))
    await untilPhase('playing')
    expect(audio.playbackRate).toBe(2)
    expect(state()?.rate).toBe(2)
  })

  it('goes on with the next note that was not heard, and then ends', async () => {
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    next = noteOf(2)
    audio.end()
    await vi.waitFor(() => expect(heard).toEqual([messageId(1), messageId(2)]))
    next = null
    audio.end()
    await vi.waitFor(() => expect(state()).toBeNull())
    expect(audio.src).toBe('')
  })

  it('downloads what is not here, and says when that fails', async () => {
    const track = trackOf(noteOf(4))
    store.setState(({ files }) => ({ files: new Map(files).set(track.sha256, false) }))
    const failed = { state: 'failed', failure: 'gone' } as const
    store.setState({ transfers: new Map([[attachment(4).object, failed]]) })
    await player.toggle(track)
    expect(download).toHaveBeenCalledWith({ chatId }, attachment(4))
    expect(state()).toMatchObject({ phase: 'failed', failure: 'gone' })
    expect(heard).toEqual([])

    download.mockImplementationOnce(() => {
      store.setState(({ files }) => ({ files: new Map(files).set(track.sha256, true) }))
      return Promise.resolve()
    })
    await player.toggle(track)
    await untilPhase('playing')
  })

  it('says when the bytes are no sound', async () => {
    const playing = player.toggle(trackOf(noteOf(1)))
    await vi.waitFor(() => expect(audio.src).not.toBe(''))
    audio.fail()
    await playing
    expect(state()).toMatchObject({ phase: 'failed', failure: 'unplayable' })
  })

  it('pauses while a recording starts', async () => {
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    store.setState({ voiceNotes: new Map([[chatId, { phase: 'starting', problem: null }]]) })
    await untilPhase('paused')
    expect(audio.paused).toBe(true)
  })

  it('is silent when it is closed, and when nobody is signed in any more', async () => {
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    player.close()
    expect([state(), audio.paused, audio.src]).toEqual([null, true, ''])
    await player.toggle(trackOf(noteOf(1)))
    await untilPhase('playing')
    store.setState({ ...initialState, session: { phase: 'signedOut' } })
    expect(audio.paused).toBe(true)
  })
})
