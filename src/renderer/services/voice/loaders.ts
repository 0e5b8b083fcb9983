import type { Sha256 } from '#shared/messages/attachment.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import type {
  ConversationService,
  MediaService,
  PlayerService,
  Services,
  VoiceNotesService,
} from '../services.ts'
import type { CurrentAccount } from '../session/account-session.ts'

export interface VoiceOptions {
  platform: Platform
  account: CurrentAccount
  store: AppStore
  conversation: ConversationService
  media: () => Promise<MediaService>
  mediaUrl: (sha256: Sha256, mime: string) => string
  report: Report
}

/** The recorder and the player. The code of each loads with its first use. */
export function voiceLoaders(options: VoiceOptions): Pick<Services, 'voiceNotes' | 'player'> {
  let voiceNotes: Promise<VoiceNotesService> | undefined
  let player: Promise<PlayerService> | undefined
  return {
    voiceNotes: () =>
      (voiceNotes ??= Promise.all([import('./voice-notes.ts'), import('./capture.ts')]).then(
        ([{ VoiceNotes }, { startCapture }]) => new VoiceNotes({ ...options, startCapture }),
      )),
    player: () =>
      (player ??= import('./player.ts').then(({ Player }) => new Player({ ...options, audio: new Audio() }))),
  }
}
