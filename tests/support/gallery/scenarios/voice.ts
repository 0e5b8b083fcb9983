import { ada, me, queued } from '#shared/domain/test-data.ts'
import { objectIdSchema, sha256Schema, type Attachment } from '#shared/messages/attachment.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { AppState } from '../../../../src/renderer/stores/app-store.ts'
import { makeMessage, MINUTE, NOON, preset, text } from './conversation.ts'

export function attachment(n: number, mime: string, size = 40_000): Attachment {
  return {
    object: objectIdSchema.parse(n.toString(16).padStart(32, '0')),
    sha256: sha256Schema.parse(n.toString(16).padStart(64, '7')),
    size,
    mime,
    enc: null,
  }
}

const WAVE = '0123468acefdb9753124689bdffecb97531002468acdefb8'

const voiceBody = (n: number, duration: number, wave = WAVE): { body: MessageBody } => ({
  body: { kind: 'voice', file: attachment(n, 'audio/webm'), duration, wave },
})

const say = (n: number, from: UserId, patch: Partial<Message>): Message =>
  makeMessage(n, from, NOON - (60 - n) * MINUTE, patch)

const others = (): Message[] => [
  say(1, ada, text('How was the boat?')),
  say(2, ada, { ...voiceBody(2, 2400), heard: true }),
  say(3, me, voiceBody(3, 65_000)),
  say(4, ada, voiceBody(4, 3000)),
  say(5, ada, voiceBody(5, 3_600_000, '0'.repeat(48))),
  say(6, ada, voiceBody(6, 0, 'f'.repeat(48))),
  say(7, me, { ...voiceBody(7, 12_000), ...queued }),
  say(8, me, { ...voiceBody(8, 12_000), ...queued, delivery: 'failed', failure: 'denied' }),
]

const sounds = (): Message[] => {
  const video = (n: number, words?: string): { body: MessageBody } => ({
    body: {
      kind: 'video',
      file: attachment(n, 'video/mp4', 8_400_000),
      width: 1280,
      height: 720,
      duration: 75_000,
      hash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
      text: words,
    },
  })
  const audio: MessageBody = {
    kind: 'file',
    file: attachment(23, 'audio/mpeg', 3_100_000),
    name: 'Boat song.mp3',
  }
  return [
    say(21, ada, video(21, 'The *race* at noon')),
    say(22, me, video(22)),
    say(23, ada, { body: audio }),
  ]
}

const voices = (state: Partial<AppState> = {}): Partial<AppState> => preset({ messages: others(), state })

export const voiceScenarios = {
  'voice-notes': () => voices(),
  'voice-sounds': () => preset({ messages: sounds() }),
  'voice-failed': () =>
    voices({
      player: {
        track: {
          key: `${say(4, ada, {}).chatId}/${say(4, ada, {}).id}`,
          chatId: say(4, ada, {}).chatId,
          sha256: attachment(4, 'audio/webm').sha256,
          mime: 'audio/webm',
          remote: attachment(4, 'audio/webm'),
          voice: { id: say(4, ada, {}).id, senderId: ada },
          fileName: null,
        },
        phase: 'failed',
        failure: 'gone',
        rate: 1,
        position: 0,
        since: 0,
        duration: null,
        inView: true,
      },
    }),
} satisfies Record<string, () => Partial<AppState>>
