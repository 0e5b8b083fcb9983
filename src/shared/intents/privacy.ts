import { privacySchema } from '../domain/account.ts'
import { defineStoredIntent, independent } from './intent.ts'

/** Sets who may see when this person is online. */
export const privacy = defineStoredIntent('privacy', {
  payload: privacySchema,
  key: () => '',
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})
