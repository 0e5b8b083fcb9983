import { z } from 'zod'
import { chatStateSchema } from '../domain/chat.ts'
import { defineLoadedIntent, independent, risingPace } from './intent.ts'

const payload = chatStateSchema.extend({
  /** False: only the read mark has changed. The flags (`pinned` and so on) are not written, because other devices may have newer ones. */
  flagsChanged: z.boolean(),
})
export type ChangedState = z.infer<typeof payload>

/** Writes the own state of a chat, for this person's other devices. */
export const chatState = defineLoadedIntent('chatState', {
  payload,
  lane: 'background',
  pacing: risingPace,
  dependsOn: independent,
})
