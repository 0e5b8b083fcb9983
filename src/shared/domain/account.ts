import { z } from 'zod'
import { ABOUT_LIMIT, NAME_LIMIT } from './person.ts'
import { photoSchema, type Photo } from './photo.ts'

export const privacySchema = z.strictObject({
  /** Who may see when this person is online and was last seen. */
  lastSeen: z.enum(['everyone', 'nobody']),
  /** Who may add this person to groups. */
  groups: z.enum(['everyone', 'contacts', 'nobody']),
  /** Who may see this person's photo. Contacts are those whom this person has among theirs. */
  photo: z.enum(['everyone', 'contacts', 'nobody']),
})
export type Privacy = z.infer<typeof privacySchema>
/** The privacy of an account without a document. */
export const defaultPrivacy: Privacy = { lastSeen: 'everyone', groups: 'everyone', photo: 'everyone' }

export const ownProfileSchema = z.strictObject({
  displayName: z.string().min(1).max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
})
export type OwnProfile = z.infer<typeof ownProfileSchema>

/** The own photo, whoever may see it. */
export const ownPhotoSchema = z.strictObject({ photo: photoSchema.nullable() })
export type OwnPhoto = z.infer<typeof ownPhotoSchema>

/** What the public profile contains in place of a photo: the photo, where to look for it, or nothing. */
export type PublicPhoto = Photo | 'contacts' | null

/** With the choice `contacts` the profile says the same whether there is a photo or not. */
export function publicPhoto({ photo }: OwnPhoto, { photo: choice }: Pick<Privacy, 'photo'>): PublicPhoto {
  if (choice === 'everyone') return photo
  return choice === 'contacts' ? 'contacts' : null
}

/** The person's own data that is the same on all of their devices. The profile is null until signing up is complete. */
export const accountSchema = z.strictObject({
  profile: ownProfileSchema.nullable(),
  privacy: privacySchema,
  photo: photoSchema.nullable(),
})
export type Account = z.infer<typeof accountSchema>
