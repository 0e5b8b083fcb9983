import { ownPhotoSchema } from '../domain/account.ts'
import { defineStoredIntent } from './intent.ts'

/** Sets or removes the own photo. The profile shows it, so the profile must exist. */
export const photo = defineStoredIntent('photo', {
  payload: ownPhotoSchema,
  key: () => '',
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: () => [{ kind: 'profile', key: '' }],
})
