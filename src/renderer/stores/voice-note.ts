/**
 * `starting`: waits for the microphone. `done`: recorded, to be listened to and sent; recordings of an earlier session too. `failed`:
 * nothing was recorded.
 */
export type VoicePhase = 'starting' | 'recording' | 'paused' | 'done' | 'sending' | 'failed'

/**
 * `denied`: the system or the app does not allow the microphone. `missing`: there is none. `busy`: another app uses it.
 * `unplugged`: it went away. `limit`: the longest recording. `storage`: the last part could not be stored. `unsent`: sending failed.
 */
export type VoiceProblem =
  'denied' | 'missing' | 'busy' | 'broken' | 'unplugged' | 'limit' | 'storage' | 'unsent'

/** The voice note of a chat that is not sent yet. Its levels change ten times a second, so they are not in the app store. */
export interface VoiceNote {
  phase: VoicePhase
  /** Why it failed or ended. */
  problem: VoiceProblem | null
}
