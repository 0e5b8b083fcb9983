import { blockSchema } from '../domain/person.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Blocks or unblocks someone. */
export const block = defineStoredIntent('block', {
  payload: blockSchema,
  key: ({ userId }) => userId,
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})
