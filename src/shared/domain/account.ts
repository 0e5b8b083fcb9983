import { z } from 'zod'
import { ABOUT_LIMIT, NAME_LIMIT } from './person.ts'

export const privacySchema = z.strictObject({
  /** Who may see when this person is online and was last seen. */
  lastSeen: z.enum(['everyone', 'nobody']),
  /** Who may add this person to groups. */
  groups: z.enum(['everyone', 'contacts', 'nobody']),
})
export type Privacy = z.infer<typeof privacySchema>
/** The privacy of an account without a document. */
export const defaultPrivacy: Privacy = { lastSeen: 'everyone', groups: 'everyone' }

export const ownProfileSchema = z.strictObject({
  displayName: z.string().min(1).max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
})
export type OwnProfile = z.infer<typeof ownProfileSchema>

/** The person's own data that is the same on all of their devices. The profile is null until signing up is complete. */
export const accountSchema = z.strictObject({
  profile: ownProfileSchema.nullable(),
  privacy: privacySchema,
})
export type Account = z.infer<typeof accountSchema>
