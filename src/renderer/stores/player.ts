import type { ChatId, MessageId, UserId } from '#shared/domain/ids.ts'
import type { Attachment, Sha256 } from '#shared/messages/attachment.ts'
import type { MessageKey } from './messages.ts'

export const RATES = [1, 1.5, 2] as const
export type Rate = (typeof RATES)[number]

/** A sound of the player: a voice note, an audio file, or the own recording before it is sent. */
export interface Track {
  key: MessageKey | `recording/${ChatId}`
  chatId: ChatId
  sha256: Sha256
  mime: string
  /** Where it can be downloaded; null: its bytes are on this machine. */
  remote: Attachment | null
  /** The voice note of a message. The next one that was not heard follows it. Null for other sounds. */
  voice: { id: MessageId; senderId: UserId } | null
  /** The name of an audio file, as it came from its sender. */
  fileName: string | null
}

/** False: the own recording. */
export function isOfMessage(key: Track['key']): key is MessageKey {
  return !key.startsWith('recording/')
}

/** Why a track does not play: its download failed (see TransferFailure), or the bytes are no sound. */
export type PlayerFailure = 'denied' | 'gone' | 'damaged' | 'offline' | 'full' | 'unplayable'

export interface PlayerState {
  track: Track
  phase: 'loading' | 'playing' | 'paused' | 'failed'
  failure: PlayerFailure | null
  rate: Rate
  /** The position at the time `since` (see positionAt), in ms. */
  position: number
  /** By performance.now(), in ms. */
  since: number
  /** In ms; null: not known yet. */
  duration: number | null
  /** The message itself can be seen, so it needs no second control. */
  inView: boolean
}

/** The position in the track, in ms. The player notes it only when something changes; between, it follows from the time. */
export function positionAt(player: PlayerState, now: number): number {
  const { phase, position, since, rate, duration } = player
  const passed = phase === 'playing' ? Math.max(0, now - since) * rate : 0
  return Math.min(position + passed, duration ?? Infinity)
}
