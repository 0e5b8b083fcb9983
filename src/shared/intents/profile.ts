import { ownProfileSchema } from '../domain/account.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Sets the own public profile. */
export const profile = defineStoredIntent('profile', {
  payload: ownProfileSchema,
  key: () => '',
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})
