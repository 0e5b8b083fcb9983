import { z } from 'zod'
import { phoneSchema, serverTimeSchema, userIdSchema } from './ids.ts'

export const NAME_LIMIT = 50
export const ABOUT_LIMIT = 140

/** What anyone signed in may read about a person (`users/{uid}`). */
export const profileSchema = z.strictObject({
  id: userIdSchema,
  displayName: z.string().min(1).max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
  updatedAt: serverTimeSchema,
})
export type Profile = z.infer<typeof profileSchema>

/** A private name and number for someone (`users/{me}/contacts/{uid}`); an empty name says: none. */
export const contactSchema = z.strictObject({
  id: userIdSchema,
  name: z.string().max(NAME_LIMIT),
  phone: phoneSchema.nullable(),
})
export type Contact = z.infer<typeof contactSchema>

/** Whether someone is blocked (`users/{me}/blocked/{uid}`). */
export const blockSchema = z.strictObject({ userId: userIdSchema, blocked: z.boolean() })
export type Block = z.infer<typeof blockSchema>

/** A person as the replica holds them: profile, private name and block joined. */
export const personSchema = z.strictObject({
  id: userIdSchema,
  displayName: z.string().max(NAME_LIMIT),
  about: z.string().max(ABOUT_LIMIT),
  /** When the profile was last asked for, by the local clock in ms; 0: never. */
  profileFetchedAt: z.number().int().nonnegative(),
  contactName: z.string().max(NAME_LIMIT),
  phone: phoneSchema.nullable(),
  blocked: z.boolean(),
})
export type Person = z.infer<typeof personSchema>

/** The name to show: the private one, else the public one; empty when neither is known yet. */
export function nameOf(person: Person | undefined): string {
  return person === undefined ? '' : person.contactName || person.displayName
}
