import { z } from 'zod'
import { phoneSchema, userIdSchema } from '#shared/domain/ids.ts'

export const signedInUserSchema = z.object({ uid: userIdSchema, phoneNumber: phoneSchema })
export type SignedInUser = z.infer<typeof signedInUserSchema>
