import { z } from 'zod'
import { phoneSchema, serverTimeSchema, userIdSchema } from './ids.ts'
import { photoSchema } from './photo.ts'

export const NAME_LIMIT = 50
export const ABOUT_LIMIT = 140

/**
 * Public profile of a person (`users/{uid}`). Everyone who is signed in may read it. `photo`: the one that this person may see, null
 * if there is none for them.
 */
export const profileSchema = z.strictObject({
  id: userIdSchema,
  displayName: z.string().min(1).max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
  photo: photoSchema.nullable(),
  updatedAt: serverTimeSchema,
})
export type Profile = z.infer<typeof profileSchema>

/** Private name and number for a person (`users/{me}/contacts/{uid}`). An empty name means that there is none. */
export const contactSchema = z.strictObject({
  id: userIdSchema,
  name: z.string().max(NAME_LIMIT),
  phone: phoneSchema.nullable(),
})
export type Contact = z.infer<typeof contactSchema>

/** Whether someone is blocked (`users/{me}/blocked/{uid}`). */
export const blockSchema = z.strictObject({ userId: userIdSchema, blocked: z.boolean() })
export type Block = z.infer<typeof blockSchema>

/** A person in the replica: the profile, the private name and the block combined. */
export const personSchema = z.strictObject({
  id: userIdSchema,
  displayName: z.string().max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
  photo: photoSchema.nullable(),
  /** Time of the last profile request, in ms by the local clock. 0: never requested. */
  profileFetchedAt: z.number().int().nonnegative(),
  contactName: z.string().max(NAME_LIMIT),
  phone: phoneSchema.nullable(),
  blocked: z.boolean(),
})
export type Person = z.infer<typeof personSchema>

/** The name to show: the private one, else the public one. Empty when neither is known yet. */
export function nameOf(person: Person | undefined): string {
  return person === undefined ? '' : person.contactName || person.displayName
}
