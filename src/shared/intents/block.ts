import { blockSchema } from '../domain/person.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Someone is blocked, or no longer. */
export const block = defineStoredIntent('block', {
  payload: blockSchema,
  key: ({ userId }) => userId,
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})
