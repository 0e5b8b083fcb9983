import { privacySchema } from '../domain/account.ts'
import { defineStoredIntent } from './intent.ts'

/** Sets who may see what of this person. The profile contains the photo or not, so it must exist. */
export const privacy = defineStoredIntent('privacy', {
  payload: privacySchema,
  key: () => '',
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: () => [{ kind: 'profile', key: '' }],
})
