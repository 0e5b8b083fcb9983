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

/** What is this person's own and the same on each of their devices; no profile before the first sign-up is done. */
export const accountSchema = z.strictObject({
  profile: ownProfileSchema.nullable(),
  privacy: privacySchema,
})
export type Account = z.infer<typeof accountSchema>
