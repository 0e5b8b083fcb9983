import { z } from 'zod'
import { ABOUT_LIMIT, NAME_LIMIT } from './person.ts'

/** Who may see when this person is online and was last seen. */
export const privacySchema = z.strictObject({ lastSeen: z.enum(['everyone', 'nobody']) })
export type Privacy = z.infer<typeof privacySchema>

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
